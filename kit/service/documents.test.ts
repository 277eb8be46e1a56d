// Guarantees about documents that routers send: each distinct text is parsed once, and mistakes are
// reported and not cached.
import { buildSchema, print } from "graphql";
import { describe, expect, test } from "vitest";
import { documentParser, type ParsedDocument } from "./documents.ts";

const SCHEMA = buildSchema("type Query { a: Int b: Int }");
const VALID = "{ a }";

/** Code and message of each mistake in a document. */
function mistakes(read: ParsedDocument) {
  if (read.kind === "valid") throw new Error(`is valid: ${print(read.document)}`);
  return read.errors.map(({ message, extensions }) => [extensions.code, message]);
}

describe("a document", () => {
  test("that fits the schema is valid", () => {
    const read = documentParser(SCHEMA)("query A { a }");
    expect(read.kind === "valid" && print(read.document)).toBe("query A {\n  a\n}");
  });

  test("that is not GraphQL has a syntax error", () => {
    expect(mistakes(documentParser(SCHEMA)("{"))).toEqual([
      ["GRAPHQL_PARSE_FAILED", "Syntax Error: Expected Name, found <EOF>."],
    ]);
  });

  test("that does not fit the schema has all its errors reported", () => {
    expect(mistakes(documentParser(SCHEMA)("{ nothing missing }"))).toEqual([
      ["GRAPHQL_VALIDATION_FAILED", 'Cannot query field "nothing" on type "Query".'],
      ["GRAPHQL_VALIDATION_FAILED", 'Cannot query field "missing" on type "Query".'],
    ]);
  });

  test("is validated against its parser's own schema, whatever another parser found", () => {
    const other = documentParser(buildSchema("type Query { z: Int }"));
    expect(documentParser(SCHEMA)(VALID).kind).toBe("valid");
    expect(other(VALID).kind).toBe("invalid");
  });
});

describe("of one text", () => {
  test("a document is parsed once, and one with another space is a different text", () => {
    const read = documentParser(SCHEMA);
    expect(read(VALID)).toBe(read(VALID));
    expect(read(`${VALID} `)).not.toBe(read(VALID));
  });

  test.each([
    ["no GraphQL", "{"],
    ["wrong", "{ c }"],
  ])("what is %s is read each time, and found to be so again", (_what, words) => {
    const read = documentParser(SCHEMA);
    const first = read(words);
    expect(read(words)).not.toBe(first);
    expect(mistakes(read(words))).toEqual(mistakes(first));
  });

  test("20,000 characters are cached, and one more is not", () => {
    const read = documentParser(SCHEMA);
    const [most, more] = [VALID.padEnd(20_000), VALID.padEnd(20_001)];
    expect(read(most)).toBe(read(most));
    expect(read(more)).toEqual(read(most));
    expect(read(more)).not.toBe(read(more));
  });

  test("a document is parsed again after a thousand others, and not after one less", () => {
    const read = documentParser(SCHEMA);
    const others = (count: number) => {
      for (let at = 0; at < count; at += 1) read(`query Other${at} { a }`);
    };
    const first = read(VALID);
    others(999);
    expect(read(VALID)).toBe(first);
    others(1_000);
    expect(read(VALID)).not.toBe(first);
  });
});
