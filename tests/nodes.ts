// `npm run test:nodes [major]…`: unit, contract and end-to-end tests on newer versions of Node. npm
// installs them as packages. The services of the end-to-end tests run on the same version.
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

const given = process.argv.slice(2);
const failed = (given.length > 0 ? given : MAJORS).filter((major) => !runOn(major));
if (failed.length > 0) {
  console.error(`\nFailed on Node ${failed.join(", ")}.`);
  process.exitCode = 1;
}
