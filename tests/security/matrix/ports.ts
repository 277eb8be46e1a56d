// The subgraphs at their own ports with the router's identity tokens: the entities of each, and
// requests to `_entities`.
import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  isUnionType,
  parse,
} from "graphql";
import { loadSubgraphSdl } from "../../../kit/service/sdl.ts";
import { IDENTITY_HEADER, type Identity } from "../../../kit/trust/identity.ts";
import { subgraphNames } from "../../../local/project.ts";
import type { GraphQLAnswer } from "../../kit/client.ts";
import { stack } from "../../kit/stack.ts";
import { identityToken } from "../../kit/tokens.ts";

/** A type that a subgraph resolves by reference, with that subgraph's fields. */
export interface Entity {
  readonly subgraph: string;
  readonly type: GraphQLObjectType;
}

/** Every entity of every subgraph. */
export function entities(): Entity[] {
  return subgraphNames().flatMap((subgraph) =>
    entityTypesOf(schemaOf(subgraph)).map((type) => ({ subgraph, type })),
  );
}

const schemas = new Map<string, GraphQLSchema>();

function schemaOf(subgraph: string): GraphQLSchema {
  const schema =
    schemas.get(subgraph) ?? buildSubgraphSchema([{ typeDefs: parse(loadSubgraphSdl(subgraph)) }]);
  schemas.set(subgraph, schema);
  return schema;
}

function entityTypesOf(schema: GraphQLSchema): readonly GraphQLObjectType[] {
  const union = schema.getType("_Entity");
  return isUnionType(union) ? union.getTypes() : [];
}

export interface Subgraph {
  readonly name: string;
  /** `what` is the coordinate of a field, or `Type by reference`. */
  serves(what: string): boolean;
}

/** The fields and references that each subgraph serves. */
export function subgraphs(): Subgraph[] {
  return subgraphNames().map((name) => {
    const schema = schemaOf(name);
    const types = Object.values(schema.getTypeMap()).filter(isObjectType);
    const served = new Set([
      ...entityTypesOf(schema).map((type) => `${type.name} by reference`),
      ...types.flatMap((type) =>
        Object.values(type.getFields())
          .filter((field) => !isExternal(field))
          .map((field) => `${type.name}.${field.name}`),
      ),
    ]);
    return { name, serves: (what) => served.has(what) };
  });
}

/** Whether a field is another subgraph's: the router sends its value where a field requires it. */
function isExternal({ astNode }: GraphQLField<unknown, unknown>): boolean {
  return astNode?.directives?.some(({ name }) => name.value === "external") ?? false;
}

/** A reference to an entity, as the router sends it. */
export interface Representation {
  readonly __typename: string;
  readonly id: string;
  readonly [field: string]: unknown;
}

type Entities = GraphQLAnswer<{ readonly _entities: readonly unknown[] }>;

/** A subgraph's answer to references, with this identity. */
export async function resolve(
  { subgraph, type }: Entity,
  selection: string,
  representations: readonly Representation[],
  identity: Identity,
): Promise<Entities> {
  const query = `query($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on ${type.name} ${selection} } }`;
  return askPort(subgraph, query, { representations }, identity);
}

/** Sends an operation to a subgraph's own port, as the router does. */
export async function askPort<Data>(
  subgraph: string,
  query: string,
  variables: object,
  identity: Identity,
): Promise<GraphQLAnswer<Data>> {
  const [port] = stack().urls.subgraphs[subgraph] ?? [];
  const response = await fetch(new URL("/graphql", port), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      [IDENTITY_HEADER]: await identityToken(identity),
    },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as Omit<GraphQLAnswer<Data>, "status">;
  return { status: response.status, ...body };
}
