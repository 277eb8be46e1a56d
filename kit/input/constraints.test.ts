// Guarantees about input limits, as the SDL states them.
import { buildSchema, type GraphQLSchema, graphql } from "graphql";
import { describe, expect, test } from "vitest";
import { enforceConstraints } from "./constraints.ts";

const DIRECTIVE = `
  directive @constraint(min: Int, max: Int, minLength: Int, maxLength: Int, maxItems: Int,
    format: Format, text: Text, isSecret: Boolean = false) on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
  enum Format { EMAIL TIME_ZONE CLOCK LANGUAGE URL HTTPS_URL CURRENCY }
  enum Text { LINE BODY TOKEN }`;

function schemaOf(sdl: string): { schema: GraphQLSchema; calls: unknown[] } {
  const calls: unknown[] = [];
  const schema = buildSchema(`${DIRECTIVE} ${sdl}`);
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    field.resolve = (_root, args) => {
      calls.push(args);
      return "ok";
    };
  }
  return { schema: enforceConstraints(schema), calls };
}

async function violationsOf(
  sdl: string,
  source: string,
  variableValues: Record<string, unknown> = {},
) {
  const { schema, calls } = schemaOf(sdl);
  const { errors } = await graphql({ schema, source, variableValues });
  expect(calls).toHaveLength(errors ? 0 : 1);
  return errors?.[0]?.extensions.violations ?? [];
}

describe("a number", () => {
  const sdl = `type Query { f(n: Int @constraint(min: 1, max: 5)): String }`;
  test.each([1, 5])("within its bounds passes: %i", async (n) => {
    expect(await violationsOf(sdl, `{ f(n: ${n}) }`)).toEqual([]);
  });
  test.each([
    [0, "must be at least 1, got 0", "MIN", 1],
    [6, "must be at most 5, got 6", "MAX", 5],
  ])("outside of them is refused before the resolver runs: %i", async (n, message, rule, limit) => {
    expect(await violationsOf(sdl, `{ f(n: ${n}) }`)).toEqual([
      { field: "n", message, received: n, rule, limit },
    ]);
  });
  test("that is null or missing has no bounds", async () => {
    expect(await violationsOf(sdl, `{ f(n: null) }`)).toEqual([]);
    expect(await violationsOf(sdl, `{ f }`)).toEqual([]);
  });
});

describe("a string", () => {
  const sdl = `type Query { f(s: String @constraint(minLength: 2, maxLength: 3)): String }`;
  const message = async (s: string) => {
    const [first] = (await violationsOf(sdl, `query($s: String) { f(s: $s) }`, { s })) as {
      message: string;
    }[];
    return first?.message;
  };
  test("is measured in code points, and its least length without white space at the ends", async () => {
    expect(await message("👩👩👩")).toBeUndefined();
    expect(await message("👩👩👩👩")).toContain("at most 3");
    expect(await message(" a ")).toContain("at least 2");
  });
  test("with a NUL or half a surrogate pair is refused, with limits or without", async () => {
    expect(await message("a\0")).toContain("NUL");
    expect(await message("a\ud800")).toContain("Unicode");
    const bare = `type Query { f(s: ID): String }`;
    expect(await violationsOf(bare, `query($s: ID) { f(s: $s) }`, { s: "\0" })).toHaveLength(1);
  });
  test("that is long or secret is described, not repeated", async () => {
    const secret = `type Query { f(s: String @constraint(maxLength: 3, isSecret: true)): String }`;
    const found = await violationsOf(secret, `{ f(s: "hunter2") }`);
    expect(JSON.stringify(found)).not.toContain("hunter2");
    expect(await message("x".repeat(99))).toContain("got a string of 99 characters");
  });
  test.each([
    ["EMAIL", "ada@example.org", "ada"],
    ["TIME_ZONE", "Africa/Nairobi", "+03:00"],
    ["TIME_ZONE", "UTC", "Mars"],
    ["CLOCK", "07:30", "24:00"],
    ["CLOCK", "23:59", "7:3"],
    ["LANGUAGE", "pt-BR", "klingon language"],
    ["URL", "https://example.org/a.png", "javascript:alert(1)"],
    ["URL", "http://localhost", "/relative"],
    ["HTTPS_URL", "https://meet.example.org/x?y=1", "http://meet.example.org"],
    ["CURRENCY", "EUR", "eur"],
    ["CURRENCY", "JPY", "ABC"],
    ["HTTPS_URL", "https://meet.example.org", "https://ada:key@meet.example.org"],
  ])("in the format %s is accepted, and any other is not", async (format, good, bad) => {
    const formed = `type Query { f(s: String @constraint(format: ${format})): String }`;
    const ask = (s: string) => violationsOf(formed, `query($s: String) { f(s: $s) }`, { s });
    expect(await ask(good)).toEqual([]);
    expect(await ask(bad)).toHaveLength(1);
  });
});

describe("a string with a purpose", () => {
  const shown = (text: string) =>
    `type Query { f(s: [String!] @constraint(text: ${text}, maxItems: 9)): String }`;
  const ask = (text: string, ...s: string[]) =>
    violationsOf(shown(text), `query($s: [String!]) { f(s: $s) }`, { s });
  test("is checked as a line or a body, item by item, and shown with invisible characters", async () => {
    expect(await ask("LINE", "Ada", "a\nb", "\u200b")).toEqual([
      {
        field: "s[1]",
        message: 'must be one line, without line breaks and control characters, got "a<U+000A>b"',
        received: "a\nb",
        rule: "CHARACTERS",
      },
      {
        field: "s[2]",
        message: 'must hold something that can be seen, got "<U+200B>"',
        received: "\u200b",
        rule: "CHARACTERS",
      },
    ]);
    expect(await ask("BODY", "a\nb")).toEqual([]);
    expect(await ask("BODY", "a\u202eb")).toHaveLength(1);
  });
  test("is not checked when no person reads it", async () => {
    expect(await ask("TOKEN", "a\nb\u200b", "\u202e")).toEqual([]);
  });
});

describe("a nested input", () => {
  const sdl = `
    input Item { name: String @constraint(minLength: 1) items: [Item!] @constraint(maxItems: 2) }
    type Query { f(input: Item!, tags: [String!] @constraint(maxItems: 2, minLength: 1)): String }`;
  test("is checked at every depth; all mistakes are reported at once with their paths", async () => {
    const source = `{ f(tags: ["a", ""], input: {
      name: "a", items: [{ name: "b" }, { name: "", items: [{}, {}, {}] }] }) }`;
    expect(await violationsOf(sdl, source)).toMatchObject([
      { field: "input.items[1].name" },
      { field: "input.items[1].items", received: "3 items" },
      { field: "tags[1]" },
    ]);
  });
});
