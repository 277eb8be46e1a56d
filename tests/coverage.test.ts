// Guarantees about the coverage report: lines are merged, not added, and each room has a row.
import { expect, it } from "vitest";
import {
  type Coverage,
  coverageOf,
  type IstanbulReport,
  merge,
  oursOf,
  percentOf,
  rowsOf,
  tableOf,
} from "./coverage-lines.ts";

/** A report of one file, with the line and the count of each statement. */
function report(path: string, statements: readonly (readonly [number, number])[]): IstanbulReport {
  const statementMap = Object.fromEntries(
    statements.map(([line], at) => [at, { start: { line } }] as const),
  );
  const s = Object.fromEntries(statements.map(([, count], at) => [at, count] as const));
  return { [path]: { statementMap, s } };
}

/** A file with `lines` lines of code. The first `covered` were run. */
function file(path: string, lines: number, covered: number): [string, Map<number, boolean>] {
  return [path, new Map(Array.from({ length: lines }, (_, at) => [at + 1, at < covered] as const))];
}

it("a line is run if any statement on it is run", () => {
  const coverage = coverageOf(
    report("/app/kit/a.ts", [
      [1, 0],
      [1, 3],
      [2, 0],
    ]),
    "/app/",
  );
  expect(coverage).toEqual(
    new Map([
      [
        "kit/a.ts",
        new Map([
          [1, true],
          [2, false],
        ]),
      ],
    ]),
  );
});

it("merging two reports of a file keeps its lines, and a line is run if either report has it", () => {
  const tests: Coverage = new Map([
    [
      "kit/a.ts",
      new Map([
        [1, true],
        [5, false],
        [9, false],
      ]),
    ],
  ]);
  const service: Coverage = new Map([
    [
      "kit/a.ts",
      new Map([
        [1, true],
        [5, true],
        [9, false],
      ]),
    ],
  ]);
  expect(merge(tests, [service])).toEqual(
    new Map([
      [
        "kit/a.ts",
        new Map([
          [1, true],
          [5, true],
          [9, false],
        ]),
      ],
    ]),
  );
});

it("lines that only another report has, such as comments, do not count", () => {
  const base: Coverage = new Map([["kit/a.ts", new Map([[2, false]])]]);
  const other: Coverage = new Map([
    [
      "kit/a.ts",
      new Map([
        [1, true],
        [2, true],
        [3, true],
      ]),
    ],
  ]);
  expect(rowsOf(merge(base, [other])).at(-1)).toEqual({ room: "total", lines: 1, covered: 1 });
});

it("a file that no process loaded counts with all its lines", () => {
  const base: Coverage = new Map([file("kit/a.ts", 4, 0)]);
  expect(rowsOf(merge(base, []))).toContainEqual({ room: "kit", lines: 4, covered: 0 });
});

it("a subgraph counts as a whole and by feature, a client by itself; the total counts each file once", () => {
  const coverage = new Map([
    file("subgraphs/events/main.ts", 10, 10),
    file("subgraphs/events/seats/registrations/rules.ts", 20, 15),
    file("subgraphs/events/seats/registrations/actions/cancel.ts", 10, 5),
    file("router/execution/plan.ts", 8, 2),
    file("clients/sdk/session.ts", 2, 1),
  ]);
  expect(rowsOf(coverage)).toEqual([
    { room: "clients/sdk", lines: 2, covered: 1 },
    { room: "router", lines: 8, covered: 2 },
    { room: "subgraphs/events", lines: 40, covered: 30 },
    { room: "subgraphs/events/seats/registrations", lines: 30, covered: 20 },
    { room: "total", lines: 50, covered: 33 },
  ]);
});

it("the table is aligned, with features under their subgraph", () => {
  const coverage = new Map([
    file("subgraphs/users/main.ts", 90, 90),
    file("subgraphs/users/accounts/roles/rules.ts", 20, 15),
  ]);
  expect(tableOf(rowsOf(coverage))).toBe(
    [
      "room              lines  covered     %",
      "subgraphs/users     110      105  95.4",
      "  accounts/roles     20       15  75.0",
      "total               110      105  95.4",
    ].join("\n"),
  );
});

it("100.0 means every line", () => {
  expect(percentOf({ lines: 100_000, covered: 99_999 })).toBe("99.9");
  expect(percentOf({ lines: 3, covered: 3 })).toBe("100.0");
  expect(percentOf({ lines: 0, covered: 0 })).toBe("100.0");
});

it("the report of a process keeps our sources and their source maps", () => {
  const [ours, theirs] = ["file:///app/kit/a.ts", "file:///app/node_modules/x/index.ts"];
  const maps = { [ours]: { data: {} }, [theirs]: { data: {} } };
  const process = { result: [{ url: ours }, { url: theirs }], "source-map-cache": maps };
  expect(oursOf(process, "file:///app/")).toEqual({
    result: [{ url: ours }],
    "source-map-cache": { [ours]: { data: {} } },
  });
});

it("a process whose sources have no source map is ignored", () => {
  const result = [{ url: "file:///app/kit/a.ts" }];
  expect(oursOf({ result }, "file:///app/")).toBeNull();
  expect(oursOf({ result: [{ url: "node:fs" }] }, "file:///app/")).toBeNull();
});
