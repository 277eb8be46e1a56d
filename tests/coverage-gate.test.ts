// Guarantees about the coverage gate: it finds a room whose coverage fell, and a file that no test
// runs.
import { expect, it } from "vitest";
import { fallenIn, percentsOf } from "./coverage-gate.ts";

/** A file of a hundred lines, `covered` of which are run. */
function file(path: string, covered: number): [string, Map<number, boolean>] {
  return [path, new Map(Array.from({ length: 100 }, (_, at) => [at, at < covered] as const))];
}

it("a room whose coverage fell is reported with both figures", () => {
  const gates = { coverage: { kit: 90, router: 90 }, uncovered: {} };
  const found = new Map([file("kit/a.ts", 80), file("router/a.ts", 95)]);
  expect(fallenIn(found, gates)).toEqual(["kit: 80 % of the lines are run, 90 % were"]);
});

it("a difference within the noise of two runs is accepted", () => {
  const found = new Map([file("kit/a.ts", 90)]);
  expect(fallenIn(found, { coverage: { kit: 90.2 }, uncovered: {} })).toEqual([]);
});

it("a file that no test runs is reported, unless gates.json has a reason", () => {
  const found = new Map([file("kit/a.ts", 0), file("kit/b.ts", 0), file("kit/c.ts", 1)]);
  const gates = { coverage: {}, uncovered: { "kit/b.ts": "It holds types alone." } };
  expect(fallenIn(found, gates)).toEqual(["kit/a.ts: no line of it is run"]);
});

it("the figures are by room, with a total", () => {
  expect(percentsOf(new Map([file("kit/a.ts", 50)]))).toEqual({ kit: 50, total: 50 });
});
