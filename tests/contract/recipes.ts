// Applies the diffs of the documents to a copy of the project. A diff block names a file after
// `---`. Its lines with `+` are inserted after the line before them, which the file must have once.
// A block with only `+` lines is a new file.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { blocksOf } from "./markdown.ts";
import { projectFile } from "./project.ts";

const NOT_COPIED = new Set(["node_modules", "dist", "coverage", ".git", ".meetinity"]);

/** A copy of the project in a temporary folder, with installed packages and generated code. */
export function copyProject(): string {
  const copy = mkdtempSync(join(tmpdir(), "meetinity-recipe-"));
  cpSync(projectFile(""), copy, {
    recursive: true,
    filter: (source) => !NOT_COPIED.has(source.slice(projectFile("").length)),
  });
  linkPackages(join(copy, "node_modules"));
  return copy;
}

/** Links the installed packages; the workspaces are those of the copy. */
function linkPackages(folder: string): void {
  mkdirSync(folder);
  for (const name of readdirSync(projectFile("node_modules"))) {
    const [from, to] = [projectFile(`node_modules/${name}`), join(folder, name)];
    if (name === "@meetinity") cpSync(from, to, { recursive: true, verbatimSymlinks: true });
    else symlinkSync(from, to);
  }
}

/** Applies every diff of a document. Throws if a file has a line not exactly once. */
export function applyDiffs(markdown: string, folder: string): string[] {
  const changed = new Set<string>();
  for (const { language, text } of blocksOf(markdown)) {
    if (language !== "diff") continue;
    for (const part of text.split(/^--- /m).filter((each) => each !== "")) {
      const [path = "", ...lines] = part.trimEnd().split("\n");
      applyTo(join(folder, path), lines);
      changed.add(path);
    }
  }
  return [...changed];
}

function applyTo(path: string, lines: readonly string[]): void {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, lines.map((line) => `${line.slice(1)}\n`).join(""));
    return;
  }
  const text = readFileSync(path, "utf8").split("\n");
  let at = 0;
  for (const line of lines) {
    if (line.startsWith("+")) {
      text.splice(at, 0, line.slice(1));
      at += 1;
    } else at = placeOf(line.slice(1), text, path) + 1;
  }
  writeFileSync(path, text.join("\n"));
}

function placeOf(line: string, text: readonly string[], path: string): number {
  const places = text.flatMap((each, at) => (each === line ? [at] : []));
  const [place] = places;
  if (place !== undefined && places.length === 1) return place;
  throw new Error(`${path} has ${places.length} times, and not once: ${line}`);
}
