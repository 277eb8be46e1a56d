// Every hand-written file is short, opens with a comment, silences no tool and has no open to-do.
import { readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { projectFile, projectFiles } from "./project.ts";

const LINES_MAX = 250;
const COMMENT_WIDTH_MAX = 100;
/** The formatter keeps code within 100 columns; strings it cannot break. */
const WIDTH_MAX = 120;
/** ARCHITECTURE.md is read as a whole by everybody who is new here. Tables belong in docs/. */
const ARCHITECTURE_BYTES_MAX = 26 * 1_024;

/** The broken rules of a file. */
function breaches(path: string, text: string): string[] {
  const lines = text.trimEnd().split("\n");
  const long = lines.findIndex((line) => line.length > widthOf(path, line)) + 1;
  const isOperation = path.startsWith("schema/operations/");
  const comment = path.endsWith(".graphql") ? /^(?:#|""")/ : /^(?:#!.*\n)?(?:\/\/|\/\*\*?) ?\S/;
  const rules: [boolean, string][] = [
    [
      lines.length > LINES_MAX,
      `has ${lines.length} lines, ${LINES_MAX} are allowed: split it by what changes together`,
    ],
    [long > 0, `line ${long} is too long: comments end at column ${COMMENT_WIDTH_MAX}`],
    [!isOperation && !comment.test(text), "does not open with a comment that says what it is for"],
    [/\b(?:TODO|FIXME|XXX)\b/.test(text), "leaves something for later: do it, or open an issue"],
    [/\b(?:it|test|describe)\.(?:skip|only|todo|fails)\b/.test(text), "skips a test"],
    [
      /@ts-(?:ignore|nocheck|expect-error)|biome-ignore|eslint-disable/.test(text),
      "silences a tool",
    ],
  ];
  return rules.flatMap(([isBroken, message]) => (isBroken ? [`${path} ${message}`] : []));
}

function widthOf(path: string, line: string): number {
  if (line.includes("://") || path.includes("/texts.")) return Number.POSITIVE_INFINITY;
  return /^ *(?:\/\/|\*|\/\*\*)/.test(line) ? COMMENT_WIDTH_MAX : WIDTH_MAX;
}

it("every file of the project is in order", () => {
  const files = projectFiles(".ts", ".tsx", ".graphql").filter(
    (path) => !path.endsWith("files.test.ts"),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap((path) => breaches(path, readFileSync(projectFile(path), "utf8")))).toEqual(
    [],
  );
});

it(`ARCHITECTURE.md has at most ${ARCHITECTURE_BYTES_MAX} bytes`, () => {
  expect(statSync(projectFile("ARCHITECTURE.md")).size).toBeLessThanOrEqual(ARCHITECTURE_BYTES_MAX);
});

describe("a breach is found:", () => {
  it.each([
    ["a file of 251 lines", "a.ts", `// A.\n${"x;\n".repeat(250)}`],
    ["a long line", "a.ts", `// A.\n// ${"x".repeat(100)}`],
    ["a file without a comment", "a.ts", "export const a = 1;"],
    ["an SDL file without a comment", "a.graphql", "scalar A"],
    ["a note to self", "a.ts", "// A.\n// TODO: later"],
    ["a skipped test", "a.test.ts", "// A.\nit.skip('a', () => {});"],
    ["a silenced compiler", "a.ts", "// A.\n// @ts-expect-error\na();"],
  ])("%s", (_, path, text) => {
    expect(breaches(path, text)).toHaveLength(1);
  });

  it("but not in a file in order", () => {
    expect(breaches("a.ts", "// A.\nexport const a = 1;\n")).toEqual([]);
    expect(breaches("a.graphql", '# A.\n"A."\nscalar A\n')).toEqual([]);
  });
});
