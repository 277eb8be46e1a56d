// Guarantees about the documents that routers send: the same words are read once, and what is wrong
// is told as what it is and not kept.
import { buildSchema, print } from "graphql";
import { describe, expect, test } from "vitest";
import { documentParser, type ParsedDocument } from "./documents.ts";

const SCHEMA = buildSchema("type Query { a: Int b: Int }");
const VALID = "{ a }";

/** What is told of a document that is wrong: code and message of each mistake. */
function mistakes(read: ParsedDocument) {
  if (read.kind === "valid") throw new Error(`is valid: ${print(read.document)}`);
  return read.errors.map(({ message, extensions }) => [extensions.code, message]);
}

describe("a document", () => {
  test("that fits the schema is read", () => {
    const read = documentParser(SCHEMA)("query A { a }");
    expect(read.kind === "valid" && print(read.document)).toBe("query A {\n  a\n}");
  });

  test("that is no GraphQL is a mistake of its syntax", () => {
    expect(mistakes(documentParser(SCHEMA)("{"))).toEqual([
      ["GRAPHQL_PARSE_FAILED", "Syntax Error: Expected Name, found <EOF>."],
    ]);
  });

  test("that does not fit the schema tells every mistake", () => {
    expect(mistakes(documentParser(SCHEMA)("{ nothing missing }"))).toEqual([
      ["GRAPHQL_VALIDATION_FAILED", 'Cannot query field "nothing" on type "Query".'],
      ["GRAPHQL_VALIDATION_FAILED", 'Cannot query field "missing" on type "Query".'],
    ]);
  });

  test("is judged by the schema of its reader, whatever another found", () => {
    const other = documentParser(buildSchema("type Query { z: Int }"));
    expect(documentParser(SCHEMA)(VALID).kind).toBe("valid");
    expect(other(VALID).kind).toBe("invalid");
  });
});

describe("of the same words", () => {
  test("a document is read once, and one that differs by a space is another", () => {
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

  test("20,000 characters are remembered, and one more is not", () => {
    const read = documentParser(SCHEMA);
    const [most, more] = [VALID.padEnd(20_000), VALID.padEnd(20_001)];
    expect(read(most)).toBe(read(most));
    expect(read(more)).toEqual(read(most));
    expect(read(more)).not.toBe(read(more));
  });

  test("a document is read anew behind a thousand others, and not behind one less", () => {
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
