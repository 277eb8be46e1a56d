// Forbidden uses that need no import: resolvers do not query, and rules decide by their arguments
// only.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { projectFile, projectFiles } from "./project.ts";
import { forbiddenUses } from "./uses.ts";

const files = projectFiles(".ts").filter((path) => path.startsWith("subgraphs/"));

it.each(["resolvers.ts", "rules.ts"])("no %s of the project has a forbidden use", (name) => {
  const ofRoom = files.filter((path) => path.endsWith(`/${name}`));
  expect(ofRoom.length).toBeGreaterThan(5);
  const uses = ofRoom.flatMap((path) =>
    forbiddenUses(path, readFileSync(projectFile(path), "utf8")).map((use) => `${path}:${use}`),
  );
  expect(uses).toEqual([]);
});

const RESOLVERS = "subgraphs/events/planning/events/resolvers.ts";
const RULES = "subgraphs/events/planning/events/rules.ts";

describe("found in a resolver is", () => {
  it.each([
    ["a query", "event: (_root, { id }, context) => context.database.event.findUnique({ id })"],
    ["one by a part of the context", "event: (_root, { id }, { database }) => database.event"],
    ["one by another name", "event: (_root, _args, { database: db }) => db.event"],
    ["a publish", "publish: (_root, _args, context) => context.live.announce([])"],
  ])("%s", (_, text) => {
    expect(forbiddenUses(RESOLVERS, `const resolvers = { ${text} };`)).toHaveLength(1);
  });

  it("nothing if it only loads and calls actions", () => {
    const text = `const resolvers = { event: (_root, { id }, context) => context.loaders.event.load(id),
      publish: (_root, { input }, context) => publish(context, input, context.now()) };`;
    expect(forbiddenUses(RESOLVERS, text)).toEqual([]);
  });
});

describe("found in a rule is", () => {
  it.each([
    ["the clock", "export const isOver = (endsAt: Date) => endsAt <= new Date();"],
    ["the clock in milliseconds", "export const age = (at: number) => Date.now() - at;"],
    ["the clock as text", "export const today = () => Date();"],
    ["another clock", "export const since = (at: number) => performance.now() - at;"],
    ["a die", "export const winner = (of: string[]) => of[Math.floor(Math.random() * of.length)];"],
    ["the environment", "export const isOn = () => process.env.ON === 'yes';"],
    ["a wait", "export async function judge() { return 1; }"],
    ["a timer", "export const later = (run: () => void) => setTimeout(run, 1);"],
  ])("%s", (_, text) => {
    expect(forbiddenUses(RULES, text)).toHaveLength(1);
  });

  it("nothing if it decides by its arguments only", () => {
    const text = `interface Event { readonly process: string }
      export const isOver = (endsAt: Date, now: Date) => endsAt <= now;
      export const inHours = (now: Date, hours: number) => new Date(now.getTime() + hours * 3_600_000);
      export const nameOf = ({ process }: Event) => process;`;
    expect(forbiddenUses(RULES, text)).toEqual([]);
  });
});

it("other rooms are not checked", () => {
  const text = "export const now = () => new Date();";
  for (const path of [
    "kit/clock.ts",
    "subgraphs/events/planning/events/actions.ts",
    `${RULES}.test.ts`,
  ]) {
    expect(forbiddenUses(path, text)).toEqual([]);
  }
});
