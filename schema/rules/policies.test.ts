// The rules of authorization.
import { parse } from "graphql";
import { expect, it } from "vitest";
import { policies } from "./policies.ts";

/** The coordinates of the findings. */
function findings(sdl: string): string[] {
  return policies(parse(sdl)).map(({ coordinate }) => coordinate);
}

const PUBLIC = '@policy(policies: [["public"]])';

it("a field without a policy of its own or of its type is found", () => {
  const person = (type: string, field: string) =>
    `type Person ${type} { name: String @authenticated phone: String ${field} }`;
  expect(findings(person("", ""))).toEqual(["Person.phone"]);
  expect(findings(person("", "@cacheControl(scope: PRIVATE)"))).toEqual(["Person.phone"]);
  expect(findings(person("", "@authenticated"))).toEqual([]);
  expect(findings(person("@authenticated", ""))).toEqual([]);
  expect(findings(`${person("", PUBLIC)} extend type Person { age: Int }`)).toEqual(["Person.age"]);
});

it("the policy of a type may be on any of its extensions", () => {
  expect(findings("type T { a: Int } extend type T @authenticated { b: Int }")).toEqual([]);
});

it("a field of another subgraph needs no policy here", () => {
  expect(
    findings(`
      extend type Stub @key(fields: "id", resolvable: false) { id: ID! }
      extend type Other @key(fields: "id") @authenticated { id: ID! @external own: Int }
      interface Named { name: String }
    `),
  ).toEqual([]);
});

it.each([
  ["scopes exist", 'type T { a: Int @requiresScopes(scopes: [["admin"], ["root"]]) }', "T.a"],
  [
    "public is the only policy of its field",
    'type T { a: Int @policy(policies: [["public"], ["self"]]) }',
    "T.a",
  ],
  ["no list of scopes is empty", "type T { a: Int @requiresScopes(scopes: []) }", "T.a"],
  ["no group is empty", "type T { a: Int @policy(policies: [[]]) }", "T.a"],
  [
    "policies of relations are on nullable fields",
    'type T { a: Int! @policy(policies: [["self"]]) }',
    "T.a",
  ],
  ["… not on types", 'type T @policy(policies: [["self"]]) { a: Int }', "T"],
  ["… not on roots", 'type Query { a: Int @policy(policies: [["self"]]) }', "Query.a"],
  ["interfaces demand nothing", "interface I @authenticated { a: Int }", "I"],
  ["… nor do their fields", "interface I { a: Int @authenticated }", "I.a"],
  ["… nor enums", "enum E @authenticated { A }", "E"],
])("%s", (_, sdl, finding) => {
  expect(findings(sdl)).toEqual([finding]);
});
