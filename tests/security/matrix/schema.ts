// Generates operations from the client's schema: every argument that takes text, and documents with
// the minimal valid variables. It sends nothing.
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

/** An argument or an input field that takes a scalar. */
export interface Position {
  /** The coordinate of the argument or input field. */
  readonly coordinate: string;
  /** The field with the argument. */
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

/** The values of positions: chosen ones, or minimal valid ones where one is required. */
export interface Filling {
  /** The chosen values, by coordinate. */
  readonly chosen: Readonly<Record<string, unknown>>;
  /** An id for a position that requires one. */
  idFor(coordinate: string): string;
}

const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();

/** A position beyond every head: an authorized viewer gets an error about it at once. */
export const BEYOND = 2_000_000_000;

/** Minimal valid values of scalars that do not accept every text or number. */
const LEAST: Readonly<Record<string, () => unknown>> = {
  "AddReactionInput.emoji": () => "👍",
  "RemoveReactionInput.emoji": () => "👍",
  "CreateEventInput.timeZone": () => "Europe/Berlin",
  "CreateEventInput.endsAt": () => inHours(3),
  "SendMessageInput.clientMessageId": randomUUID,
  "ChangeLanguageInput.language": () => "fr",
  "NewFileInput.contentType": () => "image/png",
  "NewFileInput.sha256": () => "0".repeat(64),
  "ChangeEmailInput.newEmail": () => `${randomUUID()}@meetinity.test`,
  "SignUpInput.email": () => `${randomUUID()}@meetinity.test`,
  "SignUpInput.password": () => "correct horse battery staple",
  "StreamPositionInput.seq": () => BEYOND,
  String: () => "some text",
  Int: () => 1,
  Boolean: () => true,
  DateTime: () => inHours(2),
};

/** The variables of a field's operation: the given ones and the required ones. */
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
      isRequired || leavesOf(input, coordinate).some((leaf) => leaf.coordinate in filling.chosen)
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
  return filling.chosen[coordinate] ?? leastOf(type, coordinate, filling);
}

function leastOf(type: GraphQLInputType, coordinate: string, filling: Filling): unknown {
  const { name } = getNamedType(type);
  if (name === "ID") return filling.idFor(coordinate);
  if (isEnumType(type)) return type.getValues()[0]?.name;
  const least = LEAST[coordinate] ?? LEAST[name];
  if (!least) throw new Error(`${coordinate}: add a valid ${name} to LEAST`);
  return least();
}

/**
 * The operation of one root field, with variables of the same names as its arguments. Streams have
 * so many types of events that their objects would pass the limit of selections.
 */
export function documentOf({ type, field }: FieldOf, wanted = 1): string {
  const levels = type.name === "Subscription" ? 0 : wanted;
  const given = field.args.map((each) => `$${each.name}: ${typeOfVariable(each)}`).join(", ");
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(", ");
  const inBrackets = (list: string) => (list ? `(${list})` : "");
  const selection = selectionOf(getNamedType(field.type), levels);
  return `${type.name.toLowerCase()}${inBrackets(given)} { ${field.name}${inBrackets(passed)} ${selection} }`;
}

/** Without its value, a variable leaves an argument its default. */
function typeOfVariable({ type, defaultValue }: GraphQLArgument): string {
  return defaultValue === undefined ? String(type) : String(type).replace(/!$/, "");
}

/** All leaves of a type, and of its fields' types down to `levels`. */
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
    if (levels === 0 && !isLeafType(inside) && inside.name !== "StreamPosition") return [];
    const below = selectionOf(inside, isWrapper(inside) ? levels : levels - 1);
    return [`${nameOf(field)}${called(field)} ${below}`];
  });
}

/** An alias, if members of a union have a field of this name with different types. */
function nameAmong(possible: readonly GraphQLObjectType[], type: GraphQLObjectType, field: Field) {
  const types = possible.flatMap((each) => each.getFields()[field.name]?.type ?? []);
  return new Set(types.map(String)).size > 1 ? `${field.name}Of${type.name}: ` : "";
}

/** A connection, its edges and the items of a batch's result do not count as levels. */
function isWrapper({ name }: GraphQLNamedType): boolean {
  return /(Connection|Edge)$|^(ApprovalOutcome|Synced\w+)$/.test(name);
}

/** A field in a selection, with a small page if it has pages, and with a code that is nobody's. */
export function called({ name, args }: Field, items = 5): string {
  const passed = args.flatMap((each) => {
    if (each.name === "first") return [`first: ${items}`];
    if (!isRequiredArgument(each)) return [];
    if (each.name === "ids") return ["ids: []"];
    if (each.name !== "code") throw new Error(`${name} has a required argument`);
    return ['code: "none"'];
  });
  return passed.length > 0 ? `${name}(${passed.join(", ")})` : name;
}
