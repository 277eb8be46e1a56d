// Guarantees about the limits of a document: it passes at the limit and is refused above it,
// through fragments too, within milliseconds. The error has the amount and the limit.
import fc from "fast-check";
import { buildSchema, getIntrospectionQuery, parse } from "graphql";
import { describe, expect, test } from "vitest";
import { DEFAULT_LIMITS, type LimitName } from "../limits/limits.ts";
import { createGuard } from "./guard.ts";
import { measure } from "./measure.ts";

const schema = buildSchema(/* GraphQL */ `
  directive @credential on FIELD_DEFINITION
  directive @mark on FIELD
  interface Node {
    nodes: [Node!]!
  }
  type Item implements Node {
    id: ID
    item: Item
    items: [Item!]!
    grid: [[Item]]
    nodes: [Node!]!
  }
  type Query {
    item: Item
    items: [Item!]!
    node: Node
  }
  type Mutation {
    try: Item @credential
    other: Item @credential
    item: Item
  }
  type Subscription {
    item: Item
  }
`);
const guard = createGuard({ apiSchema: schema, fullSchema: schema }, DEFAULT_LIMITS);

const judge = (text: string) => guard.judgeDocument(parse(text))?.extensions ?? null;
const refused = (limit: LimitName, received: number) => ({
  code: "OPERATION_TOO_COMPLEX",
  limit,
  received,
  most: DEFAULT_LIMITS[limit],
});
const times = (count: number, text: string) => text.repeat(count);
const aliased = (count: number, field = "item { id }") =>
  Array.from({ length: count }, (_, at) => `a${at}: ${field} `).join("");
const nested = (levels: number, field = "item") =>
  `${times(levels - 1, `${field} { `)}id${times(levels - 1, " }")}`;

describe("n passes, and n + 1 is refused:", () => {
  test.each<[LimitName, (n: number) => string]>([
    ["depth", (n) => `{ ${nested(n)} }`],
    ["depth", (n) => `subscription { ${nested(n)} }`],
    ["depth", (n) => `{ ... { ... on Query { ${nested(n)} } } }`],
    [
      "depth",
      (n) =>
        `{ ...F } fragment F on Query { item { ...G } } fragment G on Item { ${nested(n - 1)} }`,
    ],
    ["depth", (n) => `query A { item { id } } query B { ${nested(n)} }`],
    ["listDepth", (n) => `{ ${nested(n + 1, "items")} }`],
    ["listDepth", (n) => `{ item { ...G } } fragment G on Item { ${nested(n + 1, "items")} }`],
    [
      "listDepth",
      (n) => `{ items { ${times(n - 3, "items { ")} grid { id }${times(n - 3, " }")} } }`,
    ],
    ["listDepth", (n) => `{ node { ${times(n, "nodes { ")}__typename${times(n, " }")} } }`],
    ["aliases", (n) => `{ item { ${aliased(n, "id")} } }`],
    [
      "aliases",
      (n) =>
        `{ item { ...F ...F ${n % 2 ? "b: id" : ""} } }
        fragment F on Item { ${aliased(Math.floor(n / 2), "id")} }`,
    ],
    ["rootFields", (n) => `{ ${times(n, "item { id } ")} }`],
    [
      "rootFields",
      (n) =>
        `mutation { ...F ...F ${n % 2 ? "item { id }" : ""} }
        fragment F on Mutation { ${times(Math.floor(n / 2), "item { id } ")} }`,
    ],
    ["credentialMutations", (n) => `mutation { item { id } ${aliased(n, "try { id }")} }`],
    [
      "credentialMutations",
      (n) =>
        `mutation { ...F ${n > 1 ? "other { id }" : ""} } fragment F on Mutation { try { id } }`,
    ],
    ["directives", (n) => `{ item { id ${times(n, "@mark ")} } }`],
    [
      "directives",
      (n) =>
        `query Q($a: ID @mark) @mark { ...F @mark }
        fragment F on Query @mark { item { id ${times(n - 4, "@mark ")} } }`,
    ],
    ["selections", (n) => `{ item { ${times(n - 1, "id ")} } }`],
  ])("%s of %s", (limit, document) => {
    const most = DEFAULT_LIMITS[limit];
    expect(judge(document(most))).toBeNull();
    expect(judge(document(most + 1))).toMatchObject({ limit, most });
  });
});

test("a fragment counts at each of its spreads", () => {
  interface Tree {
    readonly name: string;
    readonly isMarked: boolean;
    readonly inside: readonly Tree[];
  }
  const treeOf = (levels: number): fc.Arbitrary<Tree> =>
    fc.record({
      name: fc.constantFrom("item", "items", "a: item", "grid", "fragment", "fragment"),
      isMarked: fc.boolean(),
      inside: levels > 1 ? fc.array(treeOf(levels - 1), { maxLength: 3 }) : fc.constant([]),
    });
  /** The selections of a tree. `fragment` returns the text of a fragment, inline or as a spread. */
  const print = (each: Tree, fragment: (body: string) => string): string => {
    const body = `{ ${each.inside.map((child) => print(child, fragment)).join(" ")} id }`;
    const mark = each.isMarked ? "@mark" : "";
    return each.name === "fragment" ? fragment(body) : `${each.name} ${mark} ${body}`;
  };
  const ofFirst = (text: string) => measure({ schema, credentials: new Set() }, parse(text))[0];
  fc.assert(
    fc.property(treeOf(5), (root) => {
      const definitions = new Map<string, string>();
      const spread = (body: string) => {
        if (!definitions.has(body)) definitions.set(body, `F${definitions.size}`);
        return `...${definitions.get(body)}`;
      };
      const document = `{ item { ${print(root, spread)} } }`;
      const fragments = [...definitions].map(([body, name]) => `fragment ${name} on Item ${body}`);
      const inlined = `{ item { ${print(root, (body) => `... on Item ${body}`)} } }`;
      expect(ofFirst(`${document} ${fragments.join(" ")}`)).toEqual(ofFirst(inlined));
    }),
  );
});

test("a refusal has the received amount in its message and its extensions", () => {
  const error = guard.judgeDocument(parse(`{ ${nested(13)} }`));
  expect(error?.message).toBe(
    "The operation has 13 levels of fields, at most 12 are allowed: ask for less at once.",
  );
  expect(error?.extensions).toEqual(refused("depth", 13));
});

test("a selection that a condition leaves out counts", () => {
  const document = `{ item @include(if: false) { ${aliased(31, "id @skip(if: true)")} } }`;
  expect(judge(document)).toEqual(refused("aliases", 31));
});

describe("introspection", () => {
  test("passes as tools send it", () => {
    const everything = {
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      experimentalDirectiveDeprecation: true,
      oneOf: true,
    };
    expect(judge(getIntrospectionQuery(everything))).toBeNull();
  });

  test.each<[string, string, LimitName]>([
    [
      "lists in lists",
      "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
      "listDepth",
    ],
    [
      "levels",
      `{ __type(name: "Item") { ${times(20, "ofType { ")}name${times(20, " }")} } }`,
      "introspectionDepth",
    ],
    ["aliases", `{ ${aliased(31, "__schema { queryType { name } }")} }`, "aliases"],
  ])("is refused for too many %s", (_what, document, limit) => {
    expect(judge(document)).toMatchObject({ limit });
  });
});

describe("within milliseconds a document is refused, or left to validation:", () => {
  /** Each fragment spreads the next one twice. */
  const doubling = (levels: number, last: string) =>
    Array.from({ length: levels }, (_, at) => {
      const next = at + 1 < levels ? `...F${at + 1} ...F${at + 1}` : last;
      return `fragment F${at} on Item { ${next} }`;
    }).join(" ");

  test.each<[string, string, LimitName | null]>([
    ["fragments that double 24 times", `{ item { ...F0 } } ${doubling(25, "id")}`, "selections"],
    ["fragments in a cycle", `{ item { ...F0 } } ${doubling(25, "...F0 ...F0")}`, "selections"],
    [
      "a fragment that nothing spreads",
      `{ item { id } } fragment F on Item { ${times(501, "id ")} }`,
      "selections",
    ],
    ["a fragment that spreads itself", "{ item { ...F } } fragment F on Item { ...F }", null],
    ["unknown fragments", "{ item { ...F ...G } }", null],
    ["unknown fields", "{ nothing { here { at { all } } } }", null],
  ])("%s", (_what, text, limit) => {
    const document = parse(text);
    const startedAt = performance.now();
    expect(guard.judgeDocument(document)?.extensions.limit ?? null).toBe(limit);
    // Following every fragment would take minutes.
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
