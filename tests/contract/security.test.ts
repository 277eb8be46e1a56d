// SECURITY.md names for every defence the file that does it and the test that shows it, and both
// exist.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { pathsOf } from "./markdown.ts";
import { projectFile } from "./project.ts";

const read = (path: string) => readFileSync(projectFile(path), "utf8");
const page = read("SECURITY.md");

describe("SECURITY.md", () => {
  it("names for each threat a defence, its files and its tests", () => {
    expect(defencesIn(page).length).toBeGreaterThan(10);
    expect(defencesIn(page).flatMap(breachesOf)).toEqual([]);
  });

  it("names the current version", () => {
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(read("package.json")));
    expect(page).toContain(`the version is ${version}`);
  });
});

describe("a row is found", () => {
  it.each([
    ["without a test", "| a | b | `kit/errors.ts` |  |"],
    ["without a file", "| a | b |  | `kit/errors.test.ts` |"],
    ["with a file that is no test", "| a | b | `kit/errors.ts` | `kit/errors.ts` |"],
    ["with a file that is not there", "| a | b | `kit/lost.ts` | `kit/errors.test.ts` |"],
    ["without a defence", "| a |  | `kit/errors.ts` | `kit/errors.test.ts` |"],
  ])("%s", (_, row) => {
    const table = `## What is defended, and where\n\n| t | d | w | t |\n|---|---|---|---|\n${row}\n`;
    expect(defencesIn(table).flatMap(breachesOf)).toHaveLength(1);
  });
});

type Defence = readonly string[];

/** The rows of the table under the heading, without its first two lines. */
function defencesIn(markdown: string): Defence[] {
  const [, section = ""] = markdown.split("## What is defended, and where\n");
  const lines = section.split("\n## ")[0]?.split("\n") ?? [];
  const rows = lines.filter((line) => line.startsWith("|")).slice(2);
  return rows.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function breachesOf([threat = "", defence = "", where = "", tests = ""]: Defence): string[] {
  const [files, proofs] = [pathsOf(where), pathsOf(tests)];
  const isWhole = threat && defence && files.length > 0 && proofs.length > 0;
  const lost = [...files, ...proofs].filter((path) => !existsSync(projectFile(path)));
  const isNoTest = proofs.some((path) => !path.endsWith(".test.ts"));
  return isWhole && lost.length === 0 && !isNoTest ? [] : [`${threat}: ${lost.join(", ")}`];
}
