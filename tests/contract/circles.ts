// Circles of imports: files that import each other, directly or through others. Imports of types
// count too, because each file of a circle is understood only together with all of it.
import { readFileSync } from "node:fs";
import { importsOf } from "./imports.ts";
import { projectFile, projectFiles } from "./project.ts";
import { pathOf } from "./reachable.ts";

/** The files that each file imports. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** The imports among the hand-written files of the project. */
export function projectGraph(): ImportGraph {
  const paths = projectFiles(".ts");
  return graphOf(
    Object.fromEntries(paths.map((path) => [path, readFileSync(projectFile(path), "utf8")])),
  );
}

/** The imports among these files, given as texts by path. Imports of other files are left out. */
export function graphOf(files: Readonly<Record<string, string>>): ImportGraph {
  const graph = new Map<string, string[]>();
  for (const [path, text] of Object.entries(files)) {
    const targets = importsOf(path, text).map(({ specifier }) => pathOf(path, specifier));
    graph.set(path, [...new Set(targets.filter((target) => target in files))]);
  }
  return graph;
}

/**
 * The files of each circle, sorted. Two circles that share a file are one. This is Tarjan's
 * algorithm for strongly connected components.
 */
export function circlesIn(graph: ImportGraph): string[][] {
  const indexes = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (path: string): void => {
    const index = indexes.size;
    indexes.set(path, index);
    lowest.set(path, index);
    stack.push(path);
    for (const target of graph.get(path) ?? []) {
      if (!indexes.has(target)) visit(target);
      if (stack.includes(target)) lowest.set(path, Math.min(low(path), low(target)));
    }
    if (low(path) !== index) return;
    const members = stack.splice(stack.indexOf(path));
    const isCircle = members.length > 1 || (graph.get(path) ?? []).includes(path);
    if (isCircle) circles.push(members.sort());
  };
  const low = (path: string) => lowest.get(path) ?? 0;
  for (const path of graph.keys()) if (!indexes.has(path)) visit(path);
  return circles;
}
