// There are no new circles of imports, imports of types included.
import { describe, expect, it } from "vitest";
import { circlesIn, graphOf, projectGraph } from "./circles.ts";

/** How many files are in circles, by folder. Only lower these numbers. */
const FILES_IN_CIRCLES: Readonly<Record<string, number>> = { router: 11 };

it("no folder has more files in circles than are accepted", () => {
  const files = circlesIn(projectGraph()).flat();
  const folders = Object.entries(FILES_IN_CIRCLES);
  for (const [folder, accepted] of folders) {
    const found = files.filter((path) => path.startsWith(`${folder}/`));
    expect(found.length, found.join(", ")).toBeLessThanOrEqual(accepted);
  }
  const isAccepted = (path: string) => folders.some(([folder]) => path.startsWith(`${folder}/`));
  expect(files.filter((path) => !isAccepted(path))).toEqual([]);
});

describe("a circle is found", () => {
  it("of type imports through a third file", () => {
    const graph = graphOf({
      "kit/a.ts": 'import type { B } from "./b.ts"; import "./d.ts"',
      "kit/b.ts": 'import { type C } from "./c.ts"',
      "kit/c.ts": 'export type { A } from "#kit/a"',
      "kit/d.ts": 'import { readFile } from "node:fs"',
    });
    expect(circlesIn(graph)).toEqual([["kit/a.ts", "kit/b.ts", "kit/c.ts"]]);
  });

  it("of a file with itself", () => {
    expect(circlesIn(graphOf({ "kit/a.ts": 'import("./a.ts")' }))).toEqual([["kit/a.ts"]]);
  });

  it("but not of two paths to one file", () => {
    const graph = graphOf({
      "kit/a.ts": 'import "./b.ts"; import "./c.ts"',
      "kit/b.ts": 'import "./d.ts"',
      "kit/c.ts": 'import "./d.ts"',
      "kit/d.ts": "",
    });
    expect(circlesIn(graph)).toEqual([]);
  });
});
