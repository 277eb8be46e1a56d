// Runs the app's own operations over the real schema, with the answers of a story as its data. What
// the schema does not allow is an error, so that stories cannot show what the graph never says.

import { texts } from "@meetinity/client/texts";
import {
  buildSchema,
  execute,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  parse,
} from "graphql";
import sdl from "../../../schema/api.graphql?raw";
import { connection, never } from "./answers.ts";

const schema = buildSchema(sdl, { assumeValid: true });

export interface Asked {
  readonly query?: string;
  readonly variables?: Readonly<Record<string, object>>;
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash: string } };
}

export interface Operation {
  readonly kind: OperationDefinitionNode["operation"];
  /** The name of its root field. */
  readonly field: string;
  run(answers: Readonly<Record<string, unknown>>): Promise<object>;
}

/** Throws where the operation is none of ours. */
export function operationOf({ query, variables = {}, extensions }: Asked): Operation {
  const text = query || texts[extensions?.persistedQuery?.sha256Hash ?? ""];
  if (!text) throw new Error("The story's graph does not know this operation.");
  const document = parse(text);
  const definition = document.definitions.find(({ kind }) => kind === "OperationDefinition");
  const { operation: kind, selectionSet } = definition as OperationDefinitionNode;
  const [first] = selectionSet.selections;
  const field = first?.kind === "Field" ? first.name.value : "";
  return {
    kind,
    field,
    async run(rootValue) {
      const result = await execute({
        schema,
        document,
        rootValue,
        variableValues: { ...variables },
        fieldResolver,
      });
      // The errors of `broken` have a code; others are mistakes of the story.
      for (const { message, path, extensions } of result.errors ?? []) {
        if (!extensions.code) console.error(`A story's graph: ${message} (${path?.join(".")})`);
      }
      return result;
    },
  };
}

const fieldResolver: GraphQLFieldResolver<Readonly<Record<string, unknown>>, unknown> = (
  source,
  args,
  _context,
  { fieldName, parentType, returnType },
) => {
  expectKnown(source, parentType);
  const value = source[fieldName];
  const result = typeof value === "function" ? value(args) : value;
  if (result !== undefined) return result;
  // A picture: what its screen sends by itself, such as read marks, stays on its way.
  return parentType.name === "Mutation" ? never() : defaultOf(returnType);
};

/** Fails the check of stories: a name that the type lacks is a mistake or an old name. */
function expectKnown(source: object, type: GraphQLObjectType): void {
  const fields = type.getFields();
  const unknown = Object.keys(source).filter((key) => key !== "__typename" && !fields[key]);
  if (unknown.length > 0) console.error(`${type.name} of a story has ${unknown.join(", ")}`);
}

/** For fields about which a story says nothing. */
function defaultOf(type: GraphQLOutputType): unknown {
  if (!isNonNullType(type)) return null;
  const { ofType } = type;
  if (isListType(ofType)) return [];
  if (isObjectType(ofType) && ofType.name.endsWith("Connection")) return connection([]);
  return DEFAULTS[ofType.name];
}

const DEFAULTS: Readonly<Record<string, unknown>> = { Boolean: false, Int: 0, Float: 0 };
