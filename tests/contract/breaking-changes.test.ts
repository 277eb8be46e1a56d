// Guarantees about the API and its clients: nothing of the previous release's API is missing or
// changed, unless gates.json has a reason.
import { readFileSync } from "node:fs";
import { buildSchema, findBreakingChanges } from "graphql";
import { describe, expect, it } from "vitest";
import { gates } from "./gates.ts";
import { projectFile } from "./project.ts";

const read = (path: string) => readFileSync(projectFile(path), "utf8");

/** The changes from `released` to `now` that break clients, sorted. */
function brokenBetween(released: string, now: string): string[] {
  const changes = findBreakingChanges(buildSchema(released), buildSchema(now));
  return changes.map(({ description }) => description).sort();
}

describe("the API", () => {
  it("breaks no client of the previous release (schema/released.graphql) without a reason", () => {
    const broken = brokenBetween(read("schema/released.graphql"), read("schema/api.graphql"));
    expect(broken).toEqual(Object.keys(gates.breakingChanges).sort());
  });
});

/** Uses the scalars. An unused scalar would be a missing type. */
const SCALARS = "type Other { int: Int string: String }";

describe("a breaking change is found", () => {
  const released = `type Query { a(b: Int): String! c: E } enum E { F G } ${SCALARS}`;
  it.each([
    ["a field that is missing", "type Query { c: E } enum E { F G }"],
    ["a field that may be null", "type Query { a(b: Int): String c: E } enum E { F G }"],
    ["an argument that is required", "type Query { a(b: Int!): String! c: E } enum E { F G }"],
    ["an argument that is missing", "type Query { a: String! c: E } enum E { F G }"],
    ["a value that is missing", "type Query { a(b: Int): String! c: E } enum E { F }"],
  ])("%s", (_, now) => {
    expect(brokenBetween(released, `${now} ${SCALARS}`)).toHaveLength(1);
  });

  it("and none in additions", () => {
    const now = `type Query { a(b: Int, d: Int): String! c: E e: Int } enum E { F G } ${SCALARS}`;
    expect(brokenBetween(released, now)).toEqual([]);
  });
});
