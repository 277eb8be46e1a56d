// Answers of a subgraph that violate its own schema: null or a wrong value in a field.
// https://spec.graphql.org/October2021/#sec-Handling-Field-Errors
import { answering, type Feature, failed, unforeseen } from "../feature.ts";

const items = (...list: unknown[]) => ({ items: answering({ data: { items: list } }) });
const root = (data: unknown, errors?: unknown) => ({
  items: answering({ data, ...(errors !== undefined && { errors }) }),
});
const entities = (...list: unknown[]) => ({ notes: answering({ data: { _entities: list } }) });

export const nulls: Feature = {
  name: "null where it must not be",
  subgraphs: {
    items: {
      sdl: `
        type Query {
          items: [Item]
          strict: [Item!]!
          item: Item
          must: Item!
          numbers: [Int!]
          matrix: [[Int!]]
          deep: Deep
        }
        type Item @key(fields: "id") { id: ID!  name: String!  note: String  kind: Kind! }
        type Deep { a: A! }
        type A { b: B }
        type B { c: C! }
        type C { d: Int! }
        enum Kind { ROUND  SQUARE }
      `,
      resolvers: {
        Query: {
          items: () => ["1", "2"].map((id) => ({ id, name: `N${id}`, kind: "ROUND" })),
          item: () => ({ id: "1", name: "N1", kind: "ROUND" }),
        },
      },
    },
    notes: {
      sdl: `type Item @key(fields: "id") { id: ID!  text: String!  size: Int  tags: [String!]! }`,
      resolvers: { Item: { text: () => "T", size: () => 1, tags: () => ["t"] } },
    },
  },
  cases: {
    "null in a non-null field makes its object null": {
      query: "{ items { name } }",
      broken: items({ name: "A" }, { name: null }),
      data: { items: [{ name: "A" }, null] },
      errors: [unforeseen("items", 1, "name")],
    },
    "the subgraph's own error for it is the only one": {
      query: "{ item { called: name } }",
      broken: root({ item: { called: null } }, [
        { message: "No name.", path: ["item", "called"], extensions: { code: "NOT_FOUND" } },
      ]),
      data: { item: null },
      errors: [failed("NOT_FOUND", "No name.", ["item", "called"])],
    },
    "an error of the object covers all its missing fields": {
      query: "{ items { name kind } }",
      broken: root(
        {
          items: [
            { name: null, kind: null },
            { name: "B", kind: "ROUND" },
          ],
        },
        [{ message: "Half of it.", path: ["items", 0], extensions: { code: "CONFLICT" } }],
      ),
      data: { items: [null, { name: "B", kind: "ROUND" }] },
      errors: [failed("CONFLICT", "Half of it.", ["items", 0])],
    },
    "an error without a path is returned without one": {
      query: "{ numbers item { name } }",
      broken: root({ numbers: [1], item: { name: "A" } }, [
        { message: "In a hurry.", extensions: { code: "CONFLICT" } },
      ]),
      data: { numbers: [1], item: { name: "A" } },
      errors: [{ message: "In a hurry.", code: "CONFLICT" }],
    },
    "each object with a missing field has its own error": {
      query: "{ items { name kind } }",
      broken: items({ name: null, kind: "ROUND" }, { name: "B", kind: null }, null),
      data: { items: [null, null, null] },
      errors: [unforeseen("items", 0, "name"), unforeseen("items", 1, "kind")],
    },
    "null propagates through all non-null fields": {
      query: "{ deep { a { b { c { d } } } } }",
      broken: root({ deep: { a: { b: { c: { d: null } } } } }),
      data: { deep: { a: { b: null } } },
      errors: [unforeseen("deep", "a", "b", "c", "d")],
    },
    "a null in a non-null item makes its list null": {
      query: "{ numbers }",
      broken: root({ numbers: [1, null, 3] }),
      data: { numbers: null },
      errors: [unforeseen("numbers", 1)],
    },
    "in a list of lists, the inner one": {
      query: "{ matrix }",
      broken: root({ matrix: [[1], [2, null], null, []] }),
      data: { matrix: [[1], null, null, []] },
      errors: [unforeseen("matrix", 1, 1)],
    },
    "a non-null list with non-null items makes data null": {
      query: "{ strict { name } item { name } }",
      broken: root({ strict: [{ name: null }], item: { name: "A" } }),
      data: null,
      errors: [unforeseen("strict", 0, "name")],
    },
    "a non-null root field makes data null": {
      query: "{ item { name } must { name } }",
      broken: root({ item: { name: "A" }, must: null }),
      data: null,
      errors: [unforeseen("must")],
    },
    "a field that is missing in an answer is null": {
      query: "{ item { name note } numbers }",
      broken: root({ item: { name: "A" } }),
      data: { item: { name: "A", note: null }, numbers: null },
    },
    "a missing non-null field is an error": {
      query: "{ item { name note } }",
      broken: root({ item: { note: "x" } }),
      data: { item: null },
      errors: [unforeseen("item", "name")],
    },
    "null in a non-null field of an existing entity is an error": {
      query: "{ items { id text size } }",
      broken: entities({ text: null, size: 1 }, { text: "B", size: null }),
      data: { items: [null, { id: "2", text: "B", size: null }] },
      errors: [unforeseen("items", 0, "text")],
    },
    "null inside an entity's list propagates to the entity": {
      query: "{ items { id tags } }",
      broken: entities({ tags: ["a"] }, { tags: ["b", null] }),
      data: { items: [{ id: "1", tags: ["a"] }, null] },
      errors: [unforeseen("items", 1, "tags", 1)],
    },
    "an unknown enum value is null, with an error": {
      query: "{ items { kind } }",
      broken: items({ kind: "ROUND" }, { kind: "TRIANGLE" }),
      data: { items: [{ kind: "ROUND" }, null] },
      errors: [unforeseen("items", 1, "kind")],
    },
    "a value that should be a list is null, with an error": {
      query: "{ items { name } item { name } }",
      broken: root({ items: { name: "A" }, item: { name: "B" } }),
      data: { items: null, item: { name: "B" } },
      errors: [unforeseen("items")],
    },
    "a value that should be an object is null, with an error": {
      query: "{ items { name } }",
      broken: items("A", { name: "B" }, ["C"], 4),
      data: { items: [null, { name: "B" }, null, null] },
      errors: [unforeseen("items", 0), unforeseen("items", 2), unforeseen("items", 3)],
    },
    "unrequested fields are not in the answer": {
      query: "{ item { name } }",
      broken: root({ item: { name: "A", note: "secret", __typename: "Item" }, must: { id: "1" } }),
      data: { item: { name: "A" } },
    },
  },
};
