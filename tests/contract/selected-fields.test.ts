// Guarantees that somebody reads every field of the API: a shipped operation or a test selects it.
// A field that nothing selects has no client and no test, so nobody would notice that it is wrong.
import { readFileSync } from "node:fs";
import { buildSchema, type DocumentNode, parse } from "graphql";
import { describe, expect, it, test } from "vitest";
import { operation, operationNames } from "../../schema/operations.ts";
import { documentsIn } from "./documents.ts";
import { projectFile, projectFiles } from "./project.ts";
import { fieldsOf, selectedFields } from "./selected.ts";

/** Their documents are for other graphs, whose types may have names of ours. */
const OTHER_GRAPHS = /^tests\/contract\/federation\//;
const TESTS = /^tests\/|^subgraphs\/.*\.test\.ts$/;

const read = (path: string) => readFileSync(projectFile(path), "utf8");

test("a shipped operation or a test selects every field", () => {
  const schema = buildSchema(read("schema/api.graphql"));
  const shipped = operationNames().map((name) => parse(operation(name)));
  const tested = projectFiles(".ts")
    .filter((path) => TESTS.test(path) && !OTHER_GRAPHS.test(path))
    // The documents of this file are for a schema of its own.
    .filter((path) => !path.endsWith("/selected-fields.test.ts"))
    .flatMap((path) => documentsIn(path, read(path)));
  expect(tested.length).toBeGreaterThan(100);
  const selected = selectedFields(schema, [...shipped, ...tested]);
  expect(fieldsOf(schema).filter((field) => !selected.has(field))).toEqual([]);
});

describe("of a small schema", () => {
  const schema = buildSchema(`
    type Query { box: Box thing: Thing result: Result }
    type Box { id: ID name: String }
    interface Thing { id: ID }
    type One implements Thing { id: ID one: Int }
    type Two implements Thing { id: ID two: Int }
    type Lost implements Thing { id: ID }
    union Result = One | Two`);
  const missed = (...documents: readonly DocumentNode[]) => {
    const selected = selectedFields(schema, documents);
    return fieldsOf(schema).filter((field) => !selected.has(field));
  };

  it("a field that nothing selects is found, and nothing else", () => {
    const all = parse(`{ box { id } thing { id } result { ... on One { one } ...two } }
      fragment two on Two { two }`);
    expect(missed(all)).toEqual(["Box.name"]);
    expect(missed(all, parse("{ box { name } }"))).toEqual([]);
  });

  it("a field of an interface counts for those of its types that can be there", () => {
    const query = parse("{ result { ... on Thing { id } } }");
    const found = [...selectedFields(schema, [query])].sort();
    expect(found).toEqual(["One.id", "Query.result", "Thing.id", "Two.id"]);
  });

  it("a fragment that nothing spreads selects nothing", () => {
    const query = parse("{ box { id } } fragment unused on Box { name }");
    expect(missed(query)).toContain("Box.name");
  });
});

describe("in a TypeScript file", () => {
  const namesIn = (text: string) =>
    documentsIn("a.ts", text).map(({ definitions }) => definitions.length);

  it("strings and templates that are GraphQL are found, and no others", () => {
    const text = "const a = '{ a }'; b(`query { b }`, `{ not: 1 }`, '{', 'a'); type C = { a: 1 };";
    expect(namesIn(text)).toEqual([1, 1]);
  });

  it("holes are filled with the strings of their names, else with what parses", () => {
    const text = `const f = "fragment f on A { a }";
      x(\`{ a { ...f } } \${f}\`, \`{ a { \${b()} } }\`);`;
    expect(namesIn(text)).toEqual([1, 2, 1]);
  });
});
