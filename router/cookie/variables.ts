// Puts the tokens of cookies into the variables of an operation, where its input objects leave them
// out. Literals in the document stay as they are.
import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from "graphql";

type Variables = Readonly<Record<string, unknown>>;

/**
 * The variables with the token of each field of `marked` (`Input.field`) that is absent or empty.
 * An empty text is never a token, and clients with types cannot leave a required field out. Without
 * a token, a required field is empty and another one stays as it is.
 */
export function withTokens(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: Pick<OperationDefinitionNode, "variableDefinitions">,
  variables: Variables,
  filling: Filling,
): Record<string, unknown> {
  const filled = { ...variables };
  for (const { variable, type } of variableDefinitions) {
    const { value: name } = variable.name;
    // Untyped: graphql-js has an overload for each kind of node.
    const inputType = typeFromAST(schema, type as never) as GraphQLInputType | undefined;
    if (inputType && Object.hasOwn(variables, name)) {
      filled[name] = fill(inputType, variables[name], filling);
    }
  }
  return filled;
}

interface Filling {
  /** The marked fields, each with the name of its token. */
  readonly marked: ReadonlyMap<string, { readonly name: string }>;
  /** The token of this name; empty without one. */
  tokenOf(name: string): string;
}

function fill(type: GraphQLInputType, value: unknown, filling: Filling): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const { ofType } = nullable;
    return Array.isArray(value) ? value.map((item) => fill(ofType, item, filling)) : value;
  }
  if (!isInputObjectType(nullable) || !isRecord(value)) return value;
  const fields = Object.values(nullable.getFields()).flatMap((field) => {
    const given = Object.hasOwn(value, field.name) ? value[field.name] : undefined;
    const mark = filling.marked.get(`${nullable.name}.${field.name}`);
    const token = mark && (given === undefined || given === "") && filling.tokenOf(mark.name);
    if (token || (token === "" && isNonNullType(field.type))) return [[field.name, token]];
    return given === undefined ? [] : [[field.name, fill(field.type, given, filling)]];
  });
  // Unknown fields stay, and are refused as usual.
  return { ...value, ...Object.fromEntries(fields) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
