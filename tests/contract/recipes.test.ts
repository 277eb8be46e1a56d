// The recipes of the documents work: their diffs are applied to a copy of the project, and the
// checks that they can break run there.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectFile } from "./project.ts";
import { applyDiffs, copyProject } from "./recipes.ts";

const CHECK_MS = 900_000;

let copy: string;
let changed: string[];
beforeAll(() => {
  copy = copyProject();
  changed = ["README.md", "CONTRIBUTING.md"].flatMap((document) =>
    applyDiffs(readFileSync(projectFile(document), "utf8"), copy),
  );
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** The output of a command in the copy. Throws with it if the command fails. */
function run(...words: string[]): string {
  const [command = "", ...rest] = words;
  const options = { cwd: copy, encoding: "utf8", stdio: "pipe" } as const;
  try {
    return execFileSync(command, rest, options);
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
    throw new Error(`${words.join(" ")} failed:\n${stdout}\n${stderr}`);
  }
}

const isCode = (path: string) => path.endsWith(".ts");

describe("with the diffs of the documents", () => {
  it("something changes", () => {
    expect(changed.length).toBeGreaterThan(4);
  });

  it(
    "the checks of subgraphs pass",
    () => {
      for (const script of ["generate", "compose", "rooms"]) run("npm", "run", script);
      run("node", "--import", "tsx", "schema/lint.ts");
      run("npx", "biome", "check", "--error-on-warnings", ...changed.filter(isCode));
      run("npx", "tsc");
    },
    CHECK_MS,
  );

  it(
    "the migrations lead to the schema",
    () => {
      run("npx", "vitest", "run", "--project", "contract", "tests/contract/migrations.test.ts");
    },
    CHECK_MS,
  );

  it("the field is in the contract", () => {
    expect(readFileSync(join(copy, "schema/api.graphql"), "utf8")).toContain("pronouns: String");
  });
});

it("a diff of a missing line is refused, and so is one of a line that is there twice", () => {
  const folder = mkdtempSync(join(tmpdir(), "meetinity-diffs-"));
  writeFileSync(join(folder, "a.ts"), "one\ntwo\ntwo\n");
  const diff = (line: string) => `\`\`\`diff\n--- a.ts\n ${line}\n+new\n\`\`\`\n`;
  expect(() => applyDiffs(diff("three"), folder)).toThrow("0 times");
  expect(() => applyDiffs(diff("two"), folder)).toThrow("2 times");
  expect(applyDiffs(diff("one"), folder)).toEqual(["a.ts"]);
  expect(readFileSync(join(folder, "a.ts"), "utf8")).toBe("one\nnew\ntwo\ntwo\n");
  rmSync(folder, { recursive: true });
});
