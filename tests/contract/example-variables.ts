// Example variables of an operation: some valid value for each variable that must have one. It
// knows no limits of the SDL.
import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isRequiredInputField,
  Kind,
  type OperationDefinitionNode,
  type TypeNode,
  typeFromAST,
} from "graphql";

type Variables = Readonly<Record<string, unknown>>;

const SCALARS: Variables = {
  Int: 1,
  Float: 1,
  Boolean: true,
  ID: "id",
  DateTime: "2030-01-01T00:00:00Z",
};

/** One item for each list, and only the required fields of an input. */
export function exampleVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): Variables {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, type }) => {
      const known = inputType(schema, type);
      return type.kind === Kind.NON_NULL_TYPE && known
        ? [[variable.name.value, exampleOf(known)] as const]
        : [];
    }),
  );
}

function inputType(schema: GraphQLSchema, type: TypeNode): GraphQLInputType | undefined {
  const known = typeFromAST(schema, type as Parameters<typeof typeFromAST>[1]);
  return isInputType(known) ? known : undefined;
}

function exampleOf(type: GraphQLInputType): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [exampleOf(nullable.ofType)];
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (isInputObjectType(nullable)) {
    const needed = Object.values(nullable.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(needed.map((field) => [field.name, exampleOf(field.type)]));
  }
  return SCALARS[nullable.name] ?? "text";
}
