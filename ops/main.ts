// `npm run ops` writes what Prometheus and Grafana read; `npm run ops -- --check` fails if a file
// is not what it would write, or is left over.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { opsFiles } from "./files.ts";

const here = dirname(fileURLToPath(import.meta.url));
/** Everything generated, and nothing else, is there with these endings. */
const GENERATED = /^(?:prometheus|dashboards)\/.*\.(?:yml|json)$/;

const wanted = opsFiles();
const found = (readdirSync(here, { recursive: true }) as string[]).filter((path) =>
  GENERATED.test(path),
);
const isCurrent = ([path, text]: [string, string]) =>
  found.includes(path) && readFileSync(join(here, path), "utf8") === text;
const stale = Object.entries(wanted).filter((entry) => !isCurrent(entry));
const extra = found.filter((path) => !Object.hasOwn(wanted, path));

if (process.argv.includes("--check")) {
  for (const path of [...stale.map(([path]) => path), ...extra]) {
    console.error(`ops/${path} is not what \`npm run ops\` writes`);
    process.exitCode = 1;
  }
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(join(here, path)), { recursive: true });
    writeFileSync(join(here, path), text);
    console.log(`wrote ops/${path}`);
  }
  for (const path of extra) {
    rmSync(join(here, path));
    console.log(`removed ops/${path}`);
  }
}
