// `npm run durations`: runs the suite and writes tests/durations.json, from which sequencer.ts
// orders test files and shards. Run it on an idle machine.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { projectRoot } from "../local/project.ts";

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly startTime: number;
    readonly endTime: number;
  }[];
}

const folder = mkdtempSync(join(tmpdir(), "meetinity-durations-"));
const outputFile = join(folder, "report.json");
const vitest = join(projectRoot, "node_modules/vitest/vitest.mjs");
const projects = ["unit", "contract", "e2e", "browser"].flatMap((name) => ["--project", name]);
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${outputFile}`];
const { status } = spawnSync(process.execPath, [vitest, "run", ...projects, ...reporters], {
  cwd: projectRoot,
  stdio: "inherit",
});
const { testResults }: Report = JSON.parse(readFileSync(outputFile, "utf8"));
rmSync(folder, { recursive: true });
const durations = testResults.map(({ name, startTime, endTime }) => [
  relative(projectRoot, name).split(sep).join("/"),
  // Rounded, so that a diff has no noise.
  Math.max(1, Math.round((endTime - startTime) / 100)) * 100,
]);
const text = JSON.stringify(Object.fromEntries(durations.sort()), null, 2);
writeFileSync(join(projectRoot, "tests/durations.json"), `${text}\n`);
process.exitCode = status ?? 1;
