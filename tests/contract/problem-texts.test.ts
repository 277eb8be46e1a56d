// Guarantees about refusals of messaging: the app has a text for each of them.
import { readFileSync } from "node:fs";
import { buildSchema, type FieldDefinitionNode, isUnionType, Kind, parse, print } from "graphql";
import { expect, it } from "vitest";
import { conversation } from "../../clients/app/conversations/conversation/texts.en.ts";
import { messagingProblems } from "../../clients/app/conversations/problems/texts.en.ts";
import { projectFile } from "./project.ts";

const read = (path: string) => readFileSync(projectFile(path), "utf8");
const schema = buildSchema(read("schema/api.graphql"));

/** The mutations of messaging. */
function mutations(): string[] {
  const all = parse(read("schema/supergraph.graphql")).definitions.flatMap((each) =>
    each.kind === Kind.OBJECT_TYPE_DEFINITION && each.name.value === "Mutation"
      ? (each.fields ?? [])
      : [],
  );
  const isOurs = ({ directives = [] }: FieldDefinitionNode) =>
    directives.some((each) => print(each).includes("(graph: MESSAGING)"));
  return all.filter(isOurs).map(({ name }) => name.value);
}

function problemsOf(field: string): string[] {
  const type = schema.getMutationType()?.getFields()[field]?.type;
  const named = type && "ofType" in type ? type.ofType : type;
  if (!isUnionType(named)) return [];
  return named
    .getTypes()
    .map(({ name }) => name)
    .filter((name) => name.endsWith("Problem"));
}

const namesIn = (texts: object) => Object.keys(texts).map((key) => key.replace(/_\w+$/, ""));

it("each Problem of messaging has a text, and each text has its Problem", () => {
  const fields = mutations();
  expect(fields.length).toBeGreaterThan(30);
  const problems = [...new Set(fields.flatMap(problemsOf))].sort();
  const { other: _, ...refused } = messagingProblems.refused;
  expect([...new Set(namesIn(refused))].sort()).toEqual(problems);
});

it("a message that was refused says why beside it", () => {
  const texts = namesIn(conversation.refusals);
  expect(problemsOf("sendMessage").length).toBeGreaterThan(3);
  expect(problemsOf("sendMessage").filter((name) => !texts.includes(name))).toEqual([]);
});
