// Damages operations: lost, doubled or swapped tokens, unknown names, missing or circular
// fragments, and invalid requests.
import fc, { type Arbitrary } from "fast-check";
import type { Document } from "./printing.ts";
import { ODD_NAMES } from "./values.ts";

const TOKENS = /"(?:[^"\\\n]|\\.)*"|\.\.\.|[_A-Za-z]\w*|-?\d[\d.eE+-]*|[^\s\w]/g;

const INTRUDERS = [
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  ":",
  "!",
  "$",
  "@",
  "|",
  "=",
  "...",
  "&",
  '"',
  '"""',
  "#",
  "\\",
  ",",
  "on",
  "fragment",
  "query",
  "mutation",
  "subscription",
  "null",
  "true",
  "9".repeat(400),
  "1e999",
  "0x1",
  "\0",
  "\ud800",
  "\u2028",
  "\ufeff",
  "é",
  "💥",
  "__proto__",
  "__schema",
  "_entities",
  "_service",
  "$v0",
  "@include",
  "@skip(if: $no)",
  "@defer",
  "@stream",
  "@deprecated",
  "@nothing(x: 1)",
  "@inaccessible",
  '@key(fields: "id")',
  "(nope: 1)",
  "extend type Query { a: Int }",
  "schema { query: Q }",
];

type Change = (tokens: string[], at: number, intruder: string) => string[];

const CHANGES: readonly Change[] = [
  (tokens, at) => tokens.toSpliced(at, 1),
  (tokens, at) => tokens.toSpliced(at, 0, tokens[at] ?? ""),
  (tokens, at, intruder) => tokens.toSpliced(at, 1, intruder),
  (tokens, at, intruder) => tokens.toSpliced(at, 0, intruder),
  (tokens, at) => tokens.slice(0, at),
  (tokens, at) => tokens.with(at, tokens[(at * 7 + 3) % tokens.length] ?? ""),
  (tokens, at) => [...tokens, ...tokens.slice(at)],
];

/** The same operation with one to three tokens changed. */
export function withChangedTokens(operations: Arbitrary<Document>): Arbitrary<Document> {
  const change = fc.record({
    apply: fc.constantFrom(...CHANGES),
    at: fc.nat(),
    intruder: fc.constantFrom(...INTRUDERS),
  });
  return fc
    .tuple(operations, fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([{ query, variables }, changes]) => {
      let tokens: string[] = query.match(TOKENS) ?? [];
      for (const { apply, at, intruder } of changes) {
        if (tokens.length > 0) tokens = apply(tokens, at % tokens.length, intruder);
      }
      return { query: tokens.join(" "), variables: variables.slice(0, 1) };
    });
}

const NAMES = fc.constantFrom("nothing", "passwordHash", "_entities", "_service", ...ODD_NAMES);

/** Documents with valid syntax that fail validation. */
export const misfits: Arbitrary<Document> = fc
  .oneof(
    NAMES.map((name) => `{ ${name} }`),
    NAMES.map((name) => `{ me { id ${name} { ${name} } } }`),
    NAMES.map((name) => `{ events(${name}: 1) { ${name} } }`),
    NAMES.map((name) => `{ me @${name} { id @${name}(${name}: "x") } }`),
    NAMES.map((name) => `query ($${name}: ${name}!) { user(id: $${name}) { id } }`),
    NAMES.map((name) => `{ me { ...${name} } } fragment ${name} on ${name} { id }`),
    NAMES.map(
      (name) =>
        `{ me { ...${name} } } fragment ${name} on User { ...B } fragment B on User { ...${name} }`,
    ),
    NAMES.map((name) => `mutation { signUp(input: { ${name}: 1 }) { __typename } }`),
    fc
      .integer({ min: 1, max: 400 })
      .map((levels) => `{ me ${"{ me ".repeat(levels)}${"}".repeat(levels)} }`),
    fc
      .integer({ min: 1, max: 60 })
      .map((count) => `{ ${"...A ".repeat(count)} } fragment A on Query { ...A }`),
    fc.constantFrom(
      "",
      " ",
      "#",
      "{",
      "{}",
      "query",
      "query {",
      "fragment A on User { id }",
      "{ a } { b }",
      "\ufeff{ me { id } }",
      "query A { me { id } } query A { me { id } }",
      "{ me { id } } subscription { matchCreated { seq } }",
      "subscription { matchCreated { seq } inboxEvents { seq } }",
      "subscription { __typename }",
      "subscription { ...A } fragment A on Subscription { matchCreated @skip(if: true) { seq } }",
      "query ($x: Boolean!) { me @include(if: $x) @skip(if: $x) { id } }",
      "{ __typename @defer }",
      "type Query { a: Int }",
      "{ me { id } } type A { a: Int }",
      '{ user(id: """\n a """) { id } }',
      "mutation { blockUser { nothing } }",
      "{ user(id: {}) { id } }",
      "{ user(id: $id) { id } }",
    ),
  )
  .map((query) => ({ query, variables: [{ no: true, x: true }] }));

/** Whole HTTP bodies that are invalid or unusual GraphQL requests. */
export const oddBodies: Arbitrary<string> = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc
    .tuple(fc.constantFrom("query", "variables", "operationName", "extensions"), fc.json())
    .map(([key, value]) => `{"query":"{ __typename }","${key}":${value}}`),
  fc
    .constantFrom(...ODD_NAMES)
    .map((name) => `{"query":"{ __typename }","${name}":{"query":"{ me { id } }"}}`),
  fc
    .constantFrom(...ODD_NAMES, "", "\0", "x".repeat(5_000))
    .map((operationName) => JSON.stringify({ query: "query A { __typename }", operationName })),
  fc.integer({ min: 1, max: 20_000 }).map((levels) => {
    const deep = `${"[".repeat(levels)}${"]".repeat(levels)}`;
    return `{"query":"query($f: EventFilter) { events(filter: $f) { edges { cursor } } }","variables":{"f":${deep}}}`;
  }),
  fc.constantFrom(
    "",
    "{",
    "null",
    "[]",
    "[null]",
    '""',
    "0",
    '{"query":"\\ud800"}',
    '{"query":"{ me { id } }",',
    `[${Array(20).fill('{"query":"{ me { id } }"}').join(",")}]`,
    '{"query":null,"query":"{ __typename }"}',
    `{"query":"${"x".repeat(110_000)}"}`,
    '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"0"}}}',
    '{"extensions":{"persistedQuery":{"version":1e9,"sha256Hash":{}}}}',
    '{"query":"{ __typename }","extensions":{"persistedQuery":[]}}',
    '{"query":"{ __typename }","extensions":{"identity":"x","cost":true,"__proto__":{}}}',
  ),
);
