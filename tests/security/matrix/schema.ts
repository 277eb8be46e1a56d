// The client's schema as questions: every place where a client can put text, and operations written
// from the schema that ask with the least that is valid. It knows no world and asks nothing.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from "graphql";

export const schema = buildSchema(readFileSync("schema/api.graphql", "utf8"));

type Field = GraphQLField<unknown, unknown>;

/** A field of an object type, by its coordinate. */
export interface FieldOf {
  readonly coordinate: string;
  readonly type: GraphQLObjectType;
  readonly field: Field;
}

export function objectTypes(): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith("__"),
  );
}

export function fieldsOf(type: GraphQLObjectType): FieldOf[] {
  return Object.values(type.getFields()).map((field) => ({
    coordinate: `${type.name}.${field.name}`,
    type,
    field,
  }));
}

/** Every field of Query, Mutation and Subscription. */
export function rootFields(): FieldOf[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.flatMap((type) => (type ? fieldsOf(type) : []));
}

/** A place where a client puts a value of a scalar: an argument, or an input field in one. */
export interface Position {
  /** Of the argument or input field itself. */
  readonly coordinate: string;
  /** The field whose argument it is, or is in. */
  readonly of: FieldOf;
}

/** Every position of a scalar type, of every field of every object type. */
export function positionsOf(scalar: string): Position[] {
  return objectTypes()
    .flatMap(fieldsOf)
    .flatMap((of) =>
      of.field.args.flatMap((argument) =>
        leavesOf(argument, `${of.coordinate}(${argument.name}:)`)
          .filter(({ type }) => type === scalar)
          .map(({ coordinate }) => ({ coordinate, of })),
      ),
    );
}

type Input = GraphQLArgument | GraphQLInputField;

function leavesOf(input: Input, coordinate: string): { coordinate: string; type: string }[] {
  const type = getNamedType(input.type);
  if (!isInputObjectType(type)) return [{ coordinate, type: type.name }];
  return Object.values(type.getFields()).flatMap((field) =>
    leavesOf(field, `${type.name}.${field.name}`),
  );
}

/** What stands at a position: asked for, or the least that is valid where something must stand. */
export interface Filling {
  /** The values in question, by coordinate. */
  readonly asked: Readonly<Record<string, unknown>>;
  /** An id for a position that must have one. */
  idFor(coordinate: string): string;
}

const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();

/** Beyond the end of every stream: whoever may follow a stream is told that, and at once. */
export const BEYOND = 2_000_000_000;

/** Valid values, where not any text or number is one. */
const LEAST: Readonly<Record<string, () => unknown>> = {
  "AddReactionInput.emoji": () => "👍",
  "RemoveReactionInput.emoji": () => "👍",
  "CreateEventInput.timeZone": () => "Europe/Berlin",
  "CreateEventInput.endsAt": () => inHours(3),
  "SendMessageInput.clientMessageId": randomUUID,
  "SignUpInput.email": () => `${randomUUID()}@meetinity.test`,
  "SignUpInput.password": () => "correct horse battery staple",
  "StreamPositionInput.seq": () => BEYOND,
  String: () => "some text",
  Int: () => 1,
  Boolean: () => true,
  DateTime: () => inHours(2),
};

/** The variables of a field's operation: what is asked, and what must be there beside it. */
export function variablesOf({ coordinate, field }: FieldOf, filling: Filling) {
  const inputs = field.args.map((each) => [each, `${coordinate}(${each.name}:)`] as const);
  return membersOf(inputs, filling);
}

function membersOf(
  inputs: readonly (readonly [Input, string])[],
  filling: Filling,
): Record<string, unknown> {
  const needed = inputs.filter(([input, coordinate]) => {
    const isRequired = isNonNullType(input.type) && input.defaultValue === undefined;
    return (
      isRequired || leavesOf(input, coordinate).some((leaf) => leaf.coordinate in filling.asked)
    );
  });
  const members = needed.map(([input, coordinate]) => {
    return [input.name, valueAt(input.type, coordinate, filling)] as const;
  });
  return Object.fromEntries(members);
}

function valueAt(type: GraphQLInputType, coordinate: string, filling: Filling): unknown {
  if (isNonNullType(type)) return valueAt(type.ofType, coordinate, filling);
  if (isListType(type)) return [valueAt(type.ofType, coordinate, filling)];
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const inputs = fields.map((field) => [field, `${type.name}.${field.name}`] as const);
    return membersOf(inputs, filling);
  }
  return filling.asked[coordinate] ?? leastOf(type, coordinate, filling);
}

function leastOf(type: GraphQLInputType, coordinate: string, filling: Filling): unknown {
  const { name } = getNamedType(type);
  if (name === "ID") return filling.idFor(coordinate);
  if (isEnumType(type)) return type.getValues()[0]?.name;
  const least = LEAST[coordinate] ?? LEAST[name];
  if (!least) throw new Error(`${coordinate}: say in LEAST what a valid ${name} is`);
  return least();
}

/** The operation that asks one root field, its arguments being variables of the same names. */
export function documentOf({ type, field }: FieldOf, levels = 1): string {
  const given = field.args.map(({ name, type }) => `$${name}: ${type}`).join(", ");
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(", ");
  const inBrackets = (list: string) => (list ? `(${list})` : "");
  const selection = selectionOf(getNamedType(field.type), levels);
  return `${type.name.toLowerCase()}${inBrackets(given)} { ${field.name}${inBrackets(passed)} ${selection} }`;
}

/** All leaves of a type, and of what it holds as many levels down. */
export function selectionOf(type: GraphQLNamedType, levels: number): string {
  if (isLeafType(type)) return "";
  if (!isAbstractType(type)) return `{ __typename ${partsOf(type, levels).join(" ")} }`;
  const possible = schema.getPossibleTypes(type);
  const fragments = possible.map((each) => {
    const parts = partsOf(each, levels, (field) => nameAmong(possible, each, field));
    return `... on ${each.name} { __typename ${parts.join(" ")} }`;
  });
  return `{ __typename ${fragments.join(" ")} }`;
}

function partsOf(type: GraphQLNamedType, levels: number, nameOf = (_: Field) => ""): string[] {
  if (!isObjectType(type)) throw new Error(`${type.name} cannot be selected`);
  return Object.values(type.getFields()).flatMap((field) => {
    const inside = getNamedType(field.type);
    if (!isLeafType(inside) && levels === 0) return [];
    const below = selectionOf(inside, isConnection(inside) ? levels : levels - 1);
    return [`${nameOf(field)}${called(field)} ${below}`];
  });
}

/** An alias where members of a union have fields of one name and different types. */
function nameAmong(possible: readonly GraphQLObjectType[], type: GraphQLObjectType, field: Field) {
  const types = possible.flatMap((each) => each.getFields()[field.name]?.type ?? []);
  return new Set(types.map(String)).size > 1 ? `${field.name}Of${type.name}: ` : "";
}

/** A connection and its edges are the way to what they hold, and no level of their own. */
function isConnection({ name }: GraphQLNamedType): boolean {
  return name.endsWith("Connection") || name.endsWith("Edge");
}

/** How a field is asked: its own name, and a small page where it has pages. */
export function called({ name, args }: Field, items = 5): string {
  if (args.some(isRequiredArgument)) throw new Error(`${name} has an argument that must be given`);
  return args.some((argument) => argument.name === "first") ? `${name}(first: ${items})` : name;
}
