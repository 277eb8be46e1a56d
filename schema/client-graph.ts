// The facts of the schema that caches of GraphQL clients need: the members of its abstract types,
// its connections, its lists, and the subscriptions that resume. It reads and writes no file.
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  isListType,
  isObjectType,
} from "graphql";

/** For each type, something of each of its fields that has it. */
type ByField<Value> = Record<string, Record<string, Value>>;

interface ClientGraph {
  /** The object types of each interface and union. */
  readonly possibleTypes: Record<string, readonly string[]>;
  /** Fields with pages: the arguments that choose the list, without those that choose the page. */
  readonly connections: ByField<readonly string[]>;
  /** Fields of entities and roots whose new value replaces the old one as a whole. */
  readonly replaced: Record<string, readonly string[]>;
  /** How subscriptions resume with `after`: behind one `seq`, or behind those of many streams. */
  readonly resumable: Record<string, "log" | "inbox">;
}

const PAGE_ARGUMENTS = ["first", "after", "last", "before", "aroundSeq"];

export function clientGraphOf(schema: GraphQLSchema): ClientGraph {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"));
  const objects = types.filter(isObjectType);
  return {
    possibleTypes: Object.fromEntries(
      types.filter(isAbstractType).map((type) => [
        type.name,
        schema
          .getPossibleTypes(type)
          .map(({ name }) => name)
          .sort(),
      ]),
    ),
    connections: withFields(objects, (type) =>
      fieldsOf(type)
        .filter(isConnection)
        .map(({ name, args }) => [
          name,
          args.map((argument) => argument.name).filter((each) => !PAGE_ARGUMENTS.includes(each)),
        ]),
    ),
    replaced: Object.fromEntries(
      objects
        .filter((type) => isStored(schema, type))
        .map(
          (type) =>
            [
              type.name,
              fieldsOf(type)
                .filter(isReplaced)
                .map(({ name }) => name),
            ] as const,
        )
        .filter(([, names]) => names.length > 0),
    ),
    resumable: Object.fromEntries(
      fieldsOf(schema.getSubscriptionType()).flatMap((field) => {
        const after = field.args.find(({ name }) => name === "after");
        if (!after) return [];
        const isInbox = isInputObjectType(getNamedType(after.type));
        return [[field.name, isInbox ? "inbox" : "log"] as const];
      }),
    ),
  };
}

function withFields<Value>(
  types: readonly GraphQLObjectType[],
  read: (type: GraphQLObjectType) => [string, Value][],
): ByField<Value> {
  const entries = types.map((type) => [type.name, Object.fromEntries(read(type))] as const);
  return Object.fromEntries(entries.filter(([, fields]) => Object.keys(fields).length > 0));
}

type Field = GraphQLField<unknown, unknown>;

function fieldsOf(type: GraphQLObjectType | null | undefined): Field[] {
  return Object.values(type?.getFields() ?? {});
}

function isConnection({ type }: Field): boolean {
  const named = getNamedType(type);
  if (!isObjectType(named) || isListType(getNullableType(type))) return false;
  const { edges, pageInfo } = named.getFields();
  return edges !== undefined && pageInfo !== undefined;
}

/** Whether caches store objects of the type by themselves, and not inside of others. */
function isStored(schema: GraphQLSchema, type: GraphQLObjectType): boolean {
  return "id" in type.getFields() || type === schema.getSubscriptionType();
}

/** Lists, and objects without an id. A connection has a policy of its own. */
function isReplaced(field: Field): boolean {
  if (isListType(getNullableType(field.type))) return true;
  const named = getNamedType(field.type);
  if (!isCompositeType(named) || isConnection(field)) return false;
  return !("getFields" in named && "id" in named.getFields());
}
