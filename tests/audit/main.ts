// `npm run audit`: dependencies, secrets and licences. Prints the report, or with `--write` writes
// docs/security-report.md. Exits with 1 for findings, with 2 if something could not be checked.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { command } from "#schema/command";
import { audit, exitCodeOf } from "./findings.ts";
import { reportOf } from "./report.ts";
import { git, ROOT } from "./sources.ts";

const REPORT = join(ROOT, "docs/security-report.md");

await command(import.meta.url, async () => {
  const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });
  const done = await audit();
  const report = reportOf(done, {
    date: new Date().toISOString().slice(0, 10),
    commit: git(ROOT, ["rev-parse", "HEAD"])?.toString().trim() ?? "unknown",
    tools: {
      node: process.versions.node,
      npm: execFileSync("npm", ["--version"], { encoding: "utf8" }).trim(),
      git: git(ROOT, ["version"])?.toString().trim().split(" ").pop() ?? "none",
    },
  });
  if (values.write) writeFileSync(REPORT, report);
  console.log(report);
  process.exitCode = exitCodeOf(done);
});
