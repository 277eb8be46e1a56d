// Every shipped operation with a list takes as many SQL statements for 20 items as for one, at each
// subgraph and for each fetch of its plan. statements.txt says how many, and each diff of it is
// reviewed. Statements that open a subscription are counted in tests/e2e/messaging and sharing.
import { readFileSync } from "node:fs";
import {
  buildSchema,
  type GraphQLInputType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { operation, operationNames } from "../../../schema/operations.ts";
import { aCrowd, SIZE } from "./crowd.ts";
import { operationOf, type Ran, runSized, SIZED_RUNS } from "./sized-runs.ts";
import { type Counts, readCounts, sumOfCounts, textOfCounts } from "./statement-counts.ts";
import { startUnbatched, type Unbatched } from "./unbatched.ts";

const LABELS = Object.keys(SIZED_RUNS);
/** It reads each event by itself; `startUnbatched` says what else. */
const CONTROL = "MyRegistrations";

type Pair = readonly [few: Ran, many: Ran];

const runs = new Map<string, Pair>();
let control: Pair;
let counts: ReadonlyMap<string, Counts>;
let unbatched: Unbatched;
beforeAll(async () => {
  const [crowd, started] = await Promise.all([aCrowd(), startUnbatched()]);
  unbatched = started;
  const both = async (label: string, url?: string): Promise<Pair> => [
    await runSized(label, crowd, 1, url),
    await runSized(label, crowd, SIZE, url),
  ];
  for (const label of LABELS) runs.set(label, await both(label));
  control = await both(CONTROL, unbatched.url);
  counts = await readCounts(crowd.ada, { events: unbatched.log });
}, 400_000);
afterAll(() => unbatched?.stop());

function pairOf(label: string): Pair {
  const pair = runs.get(label);
  if (!pair) throw new Error(`${label} was not run`);
  return pair;
}

test.each(LABELS)("%s takes equal statements for few and for many", (label) => {
  const [few, many] = pairOf(label).map(({ tag }) => textOfCounts(counts.get(tag)));
  expect(many).toBe(few);
  expect(few).not.toBe("nothing");
});

test("the statements of each are what was reviewed", async () => {
  const lines = LABELS.map((label) => {
    const [few, many] = pairOf(label);
    const items = `${few.longest} or ${many.longest}`.padEnd(11);
    return `${label.padEnd(40)}${items}${textOfCounts(counts.get(many.tag))}\n`;
  });
  const head = `${"operation".padEnd(40)}items      statements of each fetch\n`;
  await expect(head + lines.sort().join("")).toMatchFileSnapshot("statements.txt");
});

test("a subgraph that reads each thing by itself is found", () => {
  const [few, many] = control.map(({ tag }) => sumOfCounts(counts.get(tag)));
  expect(many).toBe((few ?? 0) + SIZE - 1);
});

/** The figures of the running system are in Redis, and the parts of an upload are no rows. */
const WITHOUT_STATEMENTS = [
  "CreateAttachmentUpload",
  "CreateAvatarUpload",
  "CreateConversationPictureUpload",
  "CreateCoverUpload",
  "FinishAttachmentUpload",
  "FinishAvatarUpload",
  "FinishConversationPictureUpload",
  "FinishCoverUpload",
  "OpsStats",
];

test("every shipped operation with a list is run", () => {
  const schema = buildSchema(readFileSync("schema/api.graphql", "utf8"));
  const withLists = operationNames().filter((name) => hasList(schema, operation(name)));
  expect(withLists.length).toBeGreaterThan(20);
  const run = [...new Set(LABELS.map(operationOf)), ...WITHOUT_STATEMENTS];
  expect(withLists).toEqual(run.sort());
});

/** True where the answer or the variables may hold a list. */
function hasList(schema: GraphQLSchema, text: string): boolean {
  const info = new TypeInfo(schema);
  let found = false;
  const enter = {
    Field() {
      found ||= isList(info.getType());
    },
    VariableDefinition() {
      found ||= holdsList(info.getInputType());
    },
  };
  visit(parse(text), visitWithTypeInfo(info, enter));
  return found;
}

function isList(type: GraphQLType | null | undefined): boolean {
  return type !== null && type !== undefined && isListType(getNullableType(type));
}

/** None of our inputs holds itself. */
function holdsList(type: GraphQLInputType | null | undefined): boolean {
  if (!type || isList(type)) return isList(type);
  const named = getNamedType(type);
  return (
    isInputObjectType(named) &&
    Object.values(named.getFields()).some((field) => holdsList(field.type))
  );
}
