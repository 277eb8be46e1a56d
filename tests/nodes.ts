// `npm run test:nodes [major]…`: runs the unit, contract and end-to-end tests on newer versions of
// Node, which npm installs. The services of the end-to-end tests use the same version.
import { spawnSync } from "node:child_process";
import { projectRoot } from "../local/project.ts";

const MAJORS = ["22", "24"];
const PROJECTS = ["unit", "contract", "e2e"].flatMap((name) => ["--project", name]);

function runOn(major: string): boolean {
  console.log(`\n> Node ${major}`);
  const command = ["node", "node_modules/vitest/vitest.mjs", "run", ...PROJECTS];
  const args = ["--yes", "--package", `node@${major}`, "--", ...command];
  return spawnSync("npx", args, { cwd: projectRoot, stdio: "inherit" }).status === 0;
}

const majors = process.argv.slice(2);
const failed = (majors.length > 0 ? majors : MAJORS).filter((major) => !runOn(major));
if (failed.length > 0) {
  console.error(`\nFailed on Node ${failed.join(", ")}.`);
  process.exitCode = 1;
}
