// The subgraphs of this measurement: the real SDL, with made-up answers from one server. An answer
// is computed once for each request and cached, so that the router does most of the work.
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  execute,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  getNullableType,
  isAbstractType,
  isEnumType,
  isListType,
  isObjectType,
  parse,
} from "graphql";
import { loadSubgraphSdl, subgraphNames } from "#kit/service/sdl";

/** Items of every list. Few, so that the guard is a visible part of the cost. */
const ITEMS = 3;

const INSTANT = "2030-01-01T00:00:00.000Z";
const SCALARS: Readonly<Record<string, unknown>> = {
  Int: 7,
  Float: 0.5,
  Boolean: true,
  DateTime: INSTANT,
};

interface Made {
  readonly __typename: string;
  readonly id: string;
}

export interface Subgraphs {
  readonly keySetUrl: string;
  /** `SUBGRAPH_URL_<NAME>` of each. */
  readonly settings: Readonly<Record<string, string>>;
  stop(): void;
}

/** Starts one server for all subgraphs. `keySet` verifies access tokens. */
export async function startSubgraphs(keySet: object): Promise<Subgraphs> {
  const schemas = new Map(
    subgraphNames().map((name) => [
      `/${name}/graphql`,
      buildSubgraphSchema([{ typeDefs: parse(loadSubgraphSdl(name)) }]),
    ]),
  );
  const known = new Map<string, string>();
  const server: Server = createServer(async (request, response) => {
    const path = request.url ?? "";
    const asked = await textOf(request);
    const key = `${path} ${asked}`;
    const schema = schemas.get(path);
    const text = known.get(key) ?? JSON.stringify(schema ? await answer(schema, asked) : keySet);
    known.set(key, text);
    response.writeHead(200, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
    });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    keySetUrl: `${url}/keys`,
    settings: Object.fromEntries(
      subgraphNames().map((name) => [
        `SUBGRAPH_URL_${name.toUpperCase()}`,
        `${url}/${name}/graphql`,
      ]),
    ),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface RequestBody {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

async function answer(schema: GraphQLSchema, text: string) {
  const { query, variables = {} } = JSON.parse(text) as RequestBody;
  const document = parse(query);
  const made = await execute({
    schema,
    document,
    variableValues: variables,
    fieldResolver,
    typeResolver,
  });
  if (made.errors) throw new Error(made.errors.map(String).join("\n"));
  return made;
}

let last = 0;

const fieldResolver: GraphQLFieldResolver<Made, unknown> = (source, args, _context, info) => {
  if (info.fieldName === "_entities") return args.representations;
  if (info.fieldName === "id" && source?.id) return source.id;
  return valueFor(info.schema, info.returnType);
};

function valueFor(schema: GraphQLSchema, type: GraphQLOutputType): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    return Array.from({ length: ITEMS }, () => valueFor(schema, nullable.ofType));
  }
  if (isEnumType(nullable)) return nullable.getValues()[0]?.value;
  if (isObjectType(nullable)) return made(nullable.name);
  if (isAbstractType(nullable)) {
    const names = schema.getPossibleTypes(nullable).map(({ name }) => name);
    return made(names.find((name) => name.endsWith("Success")) ?? names[0] ?? "");
  }
  return SCALARS[nullable.name] ?? `something ${++last}`;
}

function made(typename: string): Made {
  return { __typename: typename, id: `id-${++last}` };
}

const typeResolver: GraphQLTypeResolver<Made, unknown> = (value) => value.__typename;

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
