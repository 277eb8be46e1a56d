// Takes the position at which a subscription goes on out of the client's words: the argument that
// `@resumable` names becomes a variable of the router's own, so that the same subscription can be
// asked for again behind any position, and two that differ in nothing else are alike. Each event
// then tells the router where it stands, whether the client wants to know or not.
import {
  type DocumentNode,
  type FieldNode,
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

/** A subscription that can go on behind any position. */
export interface Resumable {
  readonly operation: Operation;
  readonly mark: LiveDirectives;
  /** The variable that carries the position. */
  readonly variable: string;
  /** The name under which each event tells where it stands, for the router alone. */
  readonly told: string;
  /** The position that the client asked for. */
  positionIn(variables: Variables): unknown;
}

/** Null for a field that has no such mark, or that stands in a fragment. */
export function resumable(
  schema: GraphQLSchema,
  marks: ReadonlyMap<string, LiveDirectives>,
  { document, definition }: Operation,
): Resumable | null {
  const [field, ...others] = definition.selectionSet.selections;
  if (field?.kind !== Kind.FIELD || others.length > 0) return null;
  const mark = marks.get(field.name.value);
  const argument = schema
    .getSubscriptionType()
    ?.getFields()
    [field.name.value]?.args.find(({ name }) => name === mark?.argument);
  if (!mark || !argument || !field.selectionSet) return null;
  const given = field.arguments?.find(({ name }) => name.value === mark.argument)?.value;
  const variable = unusedVariable(definition);
  const told = unusedName("positionForRouter", document.definitions);
  const telling = withPositionTold(field, field.selectionSet, told, mark.position);
  const asked = withPosition(definition, telling, variable, mark.argument, String(argument.type));
  return {
    operation: { document: replaced(document, definition, asked), definition: asked },
    mark,
    variable,
    told,
    positionIn: (variables) => givenValue(given, definition, variables),
  };
}

function unusedVariable({ variableDefinitions = [] }: OperationDefinitionNode): string {
  const names = variableDefinitions.map(({ variable }) => variable.name.value);
  let name = "position";
  while (names.includes(name)) name += "_";
  return name;
}

function withPositionTold(
  field: FieldNode,
  { selections }: SelectionSetNode,
  told: string,
  position: string,
): FieldNode {
  const alias = { kind: Kind.NAME, value: told } as const;
  const name = { kind: Kind.NAME, value: position } as const;
  const more = [...selections, { kind: Kind.FIELD, alias, name } as const];
  return { ...field, selectionSet: { kind: Kind.SELECTION_SET, selections: more } };
}

function withPosition(
  definition: OperationDefinitionNode,
  field: FieldNode,
  variableName: string,
  argument: string,
  type: string,
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
    type: parseType(type),
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
