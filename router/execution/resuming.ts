// Prepares a `@resumable` subscription so that the router can resume it. Its position argument
// becomes a variable of the router, so the same document serves any position. Each event also
// selects its position, for the router alone.
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parseType,
  type SelectionSetNode,
  type ValueNode,
  type VariableDefinitionNode,
  valueFromASTUntyped,
} from "graphql";
import type { LiveDirectives } from "#kit/live/shared/live-directives";
import { unusedName } from "../document/names.ts";
import type { Operation, Variables } from "../document/operation.ts";

export interface Resumable {
  /** The rewritten operation. */
  readonly operation: Operation;
  readonly directives: LiveDirectives;
  /** The variable that carries the position. */
  readonly variable: string;
  /** The response name of the position in each event. */
  readonly positionName: string;
  /** The position that the client gave. */
  positionIn(variables: Variables): unknown;
}

/** Null if the field is not resumable, or if a fragment contains it. */
export function resumable(
  schema: GraphQLSchema,
  directivesByField: ReadonlyMap<string, LiveDirectives>,
  { document, definition }: Operation,
): Resumable | null {
  const [field, ...others] = definition.selectionSet.selections;
  if (field?.kind !== Kind.FIELD || others.length > 0) return null;
  const directives = directivesByField.get(field.name.value);
  const argument = schema
    .getSubscriptionType()
    ?.getFields()
    [field.name.value]?.args.find(({ name }) => name === directives?.argument);
  if (!directives || !argument || !field.selectionSet) return null;
  const given = field.arguments?.find(({ name }) => name.value === directives.argument)?.value;
  const variable = unusedVariable(definition);
  const positionName = unusedName("positionForRouter", document.definitions);
  const selecting = withSelected(field, field.selectionSet, positionName, directives.position);
  const resumed = withVariable(definition, selecting, variable, argument);
  return {
    operation: { document: replaced(document, definition, resumed), definition: resumed },
    directives,
    variable,
    positionName,
    positionIn: (variables) => givenValue(given, definition, variables),
  };
}

function unusedVariable({ variableDefinitions = [] }: OperationDefinitionNode): string {
  const names = variableDefinitions.map(({ variable }) => variable.name.value);
  let name = "position";
  while (names.includes(name)) name += "_";
  return name;
}

/** The field with its position selected under `responseName`. */
function withSelected(
  field: FieldNode,
  { selections }: SelectionSetNode,
  responseName: string,
  position: string,
): FieldNode {
  const alias = { kind: Kind.NAME, value: responseName } as const;
  const name = { kind: Kind.NAME, value: position } as const;
  const more = [...selections, { kind: Kind.FIELD, alias, name } as const];
  return { ...field, selectionSet: { kind: Kind.SELECTION_SET, selections: more } };
}

/** The operation with `field`, whose argument is now a variable of this name. */
function withVariable(
  definition: OperationDefinitionNode,
  field: FieldNode,
  variableName: string,
  { name: argument, type }: GraphQLArgument,
): OperationDefinitionNode {
  const variable = {
    kind: Kind.VARIABLE,
    name: { kind: Kind.NAME, value: variableName },
  } as const;
  const others = field.arguments?.filter(({ name }) => name.value !== argument) ?? [];
  const position = {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: argument },
    value: variable,
  } as const;
  const declared: VariableDefinitionNode = {
    kind: Kind.VARIABLE_DEFINITION,
    variable,
    type: parseType(String(type)),
  };
  return {
    ...definition,
    variableDefinitions: [...(definition.variableDefinitions ?? []), declared],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [{ ...field, arguments: [...others, position] }],
    },
  };
}

function replaced(
  document: DocumentNode,
  definition: OperationDefinitionNode,
  by: OperationDefinitionNode,
): DocumentNode {
  const definitions = document.definitions.map((each) => (each === definition ? by : each));
  return { ...document, definitions };
}

function givenValue(
  given: ValueNode | undefined,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
): unknown {
  if (!given) return undefined;
  if (given.kind !== Kind.VARIABLE) return valueFromASTUntyped(given);
  const name = given.name.value;
  if (Object.hasOwn(variables, name)) return variables[name];
  const preset = variableDefinitions.find(({ variable }) => variable.name.value === name);
  return preset?.defaultValue ? valueFromASTUntyped(preset.defaultValue) : undefined;
}
