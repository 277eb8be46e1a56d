// Random schemas, documents and answers from one source of choices: object types with policies,
// interfaces, unions, nested lists. A field's name determines its type, so nearly all documents are
// valid.
import {
  buildSchema,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from "graphql";

/** A whole number from 0 to `most`. */
export type Choose = (most: number) => number;

const DIRECTIVES = /* GraphQL */ `
  directive @authenticated on FIELD_DEFINITION | OBJECT
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT
  directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION | OBJECT
  directive @cacheControl(scope: Scope) on FIELD_DEFINITION | OBJECT
  directive @signsIn on FIELD_DEFINITION
  directive @whileRestricted on FIELD_DEFINITION | OBJECT
  enum Scope { PUBLIC PRIVATE }
`;
const DEMANDS = [
  "@authenticated",
  `@requiresScopes(scopes: [["a", "b"], ["c"]])`,
  `@requiresScopes(scopes: [["a"]])`,
  `@policy(policies: [["self"]])`,
  `@policy(policies: [["public"]])`,
  "@cacheControl(scope: PRIVATE)",
  "@authenticated @whileRestricted",
  `@requiresScopes(scopes: [["a"]]) @whileRestricted`,
];
const WRAPPED = ["T", "T", "T!", "T!", "[T]", "[T!]", "[T!]!", "[T]!", "[[T!]]", "[[T]!]!"];
const OBJECTS = ["A", "B", "C", "D"];
const INTERFACES = ["I", "J"];
const UNIONS = ["U"];
const LEAVES = ["n", "m", "k"];
const LINKS = ["p", "q", "r", "s"];

const oneOf = <T>(choose: Choose, items: readonly T[]): T => items[choose(items.length - 1)] as T;
const some = <T>(choose: Choose, items: readonly T[]): T[] => {
  const chosen = items.filter(() => choose(1) === 1);
  return chosen.length > 0 ? chosen : [oneOf(choose, items)];
};

/** A schema whose `Query` and other object types have random policies. */
export function randomSchema(choose: Choose): GraphQLSchema {
  const types = new Map<string, string>([
    ...LEAVES.map((name) => [name, oneOf(choose, WRAPPED).replace("T", "Int")] as const),
    ...LINKS.map((name) => {
      const target = oneOf(choose, [...OBJECTS, ...INTERFACES, ...UNIONS]);
      return [name, oneOf(choose, WRAPPED).replace("T", target)] as const;
    }),
  ]);
  const demand = () => (choose(2) === 0 ? oneOf(choose, DEMANDS) : "");
  const ofObject = (name: string) => {
    const type = types.get(name) ?? "";
    // An object's field may be non-null where its interface's is nullable.
    const own = !type.endsWith("!") && choose(7) === 0 ? `${type}!` : type;
    const signsIn = LINKS.includes(name) && choose(5) === 0 ? "@signsIn" : "";
    return `${name}: ${own} ${demand()} ${signsIn}`;
  };
  const ofInterface = new Map(
    INTERFACES.map((name) => [name, some(choose, [...LEAVES, ...LINKS])]),
  );
  const interfaces = INTERFACES.map((name) => {
    const fields = ofInterface.get(name)?.map((field) => `${field}: ${types.get(field)}`);
    return `interface ${name} { ${fields?.join(" ")} }`;
  });
  const objects = OBJECTS.map((name, at) => {
    // Each interface has at least one object.
    const implemented = INTERFACES.filter((_, index) => index === at || choose(1) === 1);
    const inherited = implemented.flatMap((each) => ofInterface.get(each) ?? []);
    const fields = new Set([...inherited, ...some(choose, LEAVES), ...some(choose, LINKS)]);
    const heading = implemented.length > 0 ? `implements ${implemented.join(" & ")}` : "";
    const onType = choose(3) === 0 ? demand() : "";
    return `type ${name} ${heading} ${onType} { ${[...fields].map(ofObject).join(" ")} }`;
  });
  const union = `union U = ${some(choose, OBJECTS).join(" | ")}`;
  const query = `type Query { ${[...LEAVES, ...LINKS].map(ofObject).join(" ")} }`;
  return buildSchema([DIRECTIVES, ...interfaces, ...objects, union, query].join("\n"));
}

const FRAGMENTS = ["F", "G", "H"];
/** An alias is always for the same field. Some are names that could confuse JavaScript. */
const ALIASES: Readonly<Record<string, string>> = { n: "objectType", m: "__proto__" };

/** An operation with variables `x` and `y`, and its fragments. Nearly always valid. */
export function randomDocument(choose: Choose, schema: GraphQLSchema): string {
  const composite = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLCompositeType => isCompositeType(type) && !type.name.startsWith("__"),
  );
  const conditions = new Map(FRAGMENTS.map((name) => [name, oneOf(choose, composite)]));
  const spreads = new Set<string>();
  const directive = () => {
    const value = oneOf(choose, ["$x", "$y", "true", "false"]);
    return choose(6) === 0 ? `@${oneOf(choose, ["include", "skip"])}(if: ${value})` : "";
  };
  const possible = (type: GraphQLCompositeType) =>
    isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  const overlap = (a: GraphQLCompositeType, b: GraphQLCompositeType) =>
    possible(a).some((type) => possible(b).includes(type));

  function selections(type: GraphQLCompositeType, depth: number, before: number): string {
    const parts = Array.from({ length: choose(3) + 1 }, () => selection(type, depth, before));
    return `{ ${parts.join(" ")} }`;
  }
  function selection(type: GraphQLCompositeType, depth: number, before: number): string {
    const kind = choose(5);
    if (kind === 0 && depth > 0) {
      const inner = oneOf(choose, [type, ...composite.filter((each) => overlap(type, each))]);
      return `... on ${inner.name} ${directive()} ${selections(inner, depth - 1, before)}`;
    }
    if (kind === 1) {
      // A fragment spreads only those before it, so there are no circles.
      const fitting = FRAGMENTS.slice(0, before).filter((name) => {
        const condition = conditions.get(name);
        return condition && overlap(type, condition);
      });
      const name = oneOf(choose, [...fitting, ""]);
      if (name) spreads.add(name);
      if (name) return `...${name} ${directive()}`;
    }
    return field(type, depth, before);
  }
  function field(type: GraphQLCompositeType, depth: number, before: number): string {
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const fitting = fields.filter((each) => depth > 0 || isLeafType(getNamedType(each.type)));
    const chosen = oneOf(choose, [...fitting, null, ...fitting, ...fitting]);
    if (!chosen) return "__typename";
    const { name } = chosen;
    const alias = choose(2) === 0 ? `${ALIASES[name] ?? `x${name}`}: ` : "";
    const inner = getNamedType(chosen.type);
    const inside = isCompositeType(inner) ? selections(inner, depth - 1, before) : "";
    return `${alias}${name} ${directive()} ${inside}`;
  }

  const query = schema.getQueryType();
  if (!query) throw new Error("the schema has no queries");
  const operation = selections(query, 4, FRAGMENTS.length);
  const bodies = new Map<string, string>();
  for (const [at, name] of [...FRAGMENTS.entries()].reverse()) {
    const condition = conditions.get(name);
    if (condition && spreads.has(name))
      bodies.set(name, `${condition.name} ${selections(condition, 2, at)}`);
  }
  const fragments = [...bodies].map(([name, body]) => `fragment ${name} on ${body}`);
  return [`query Q($x: Boolean! = true, $y: Boolean!) ${operation}`, ...fragments].join("\n");
}

/** An object of an answer. Its fields depend on `seed` only. */
export interface RandomObject {
  readonly __typename: string;
  readonly seed: string;
}

/**
 * The value of a field of that type, with nulls in nullable fields; in non-null ones if `isBroken`.
 */
export function randomValue(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  seed: string,
  isBroken: boolean,
): unknown {
  if (isNonNullType(type)) {
    if (isBroken && hashOf(`${seed}!`) % 8 === 0) return null;
    return valueThere(schema, type.ofType, seed, isBroken);
  }
  if (hashOf(`${seed}?`) % 6 === 0) return null;
  return valueThere(schema, type, seed, isBroken);
}

function valueThere(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  seed: string,
  isBroken: boolean,
): unknown {
  if (isListType(type)) {
    const length = hashOf(`${seed}#`) % 3;
    return Array.from({ length }, (_, at) =>
      randomValue(schema, type.ofType, `${seed}/${at}`, isBroken),
    );
  }
  const named = getNamedType(type);
  if (isLeafType(named)) return hashOf(seed) % 100;
  const possible = isAbstractType(named) ? schema.getPossibleTypes(named) : [named];
  const own = possible[hashOf(`${seed}:`) % possible.length];
  if (!isObjectType(own)) throw new Error(`${named.name} has no objects`);
  return { __typename: own.name, seed } satisfies RandomObject;
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}
