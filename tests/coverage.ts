// `npm run coverage`: runs the suite and prints, by room, how many lines its processes ran: the
// workers of the test runner, the services of the test stack, and all others that tests start. The
// main process of the runner does not count, because its code has no source map. It fails if a room
// is below its figure in gates.json, or if a file is not run.
//   npm run coverage -- --json      also writes coverage/coverage.json, with the lines missed
//   npm run coverage -- --update    writes the figures of this run to gates.json
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Report } from "c8";
import { generate } from "../schema/generate.ts";
import { gates } from "./contract/gates.ts";
import { fallenIn, percentsOf } from "./coverage-gate.ts";
import {
  type Coverage,
  coverageOf,
  type IstanbulReport,
  merge,
  oursOf,
  rowsOf,
  tableOf,
  type V8Report,
} from "./coverage-lines.ts";

const rootUrl = new URL("../", import.meta.url);
const root = fileURLToPath(rootUrl);
const output = join(root, "coverage");
/** Node's reports of all processes except the workers, which Vitest reports. */
const processesFolder = join(output, "processes");
const workersFolder = join(output, "workers");
const servicesFolder = join(output, "services");

const PROJECTS = ["unit", "contract", "e2e"];
/** Apps are not here: browsers run them, from bundles. */
const ROOMS = ["kit", "router", "schema", "local", "subgraphs", "clients/sdk"];
const SOURCES = ROOMS.map((room) => `${room}/**/*.ts`);
const NOT_SOURCES = ["**/generated/**", "**/*.test.ts", "**/prisma.config.ts", "**/.*/**"];

/** Returns the exit code of the suite. */
async function runSuite(): Promise<number> {
  const vitest = join(
    createRequire(import.meta.url).resolve("vitest/package.json"),
    "../vitest.mjs",
  );
  const args = [
    "run",
    ...PROJECTS.flatMap((project) => ["--project", project]),
    "--coverage.enabled",
    "--coverage.provider=v8",
    "--coverage.reporter=json",
    "--coverage.reportOnFailure",
    `--coverage.reportsDirectory=${workersFolder}`,
    ...SOURCES.map((glob) => `--coverage.include=${glob}`),
    ...NOT_SOURCES.map((glob) => `--coverage.exclude=${glob}`),
  ];
  const suite = spawn(process.execPath, [vitest, ...args], {
    cwd: root,
    env: { ...process.env, NODE_V8_COVERAGE: processesFolder },
    stdio: "inherit",
  });
  const [code] = await once(suite, "exit");
  return typeof code === "number" ? code : 1;
}

/** The coverage of all processes except the workers. Deletes their reports, which are large. */
async function readProcesses(): Promise<Coverage> {
  for (const name of await readdir(processesFolder)) {
    const file = join(processesFolder, name);
    const ours = oursOf(await readJson<V8Report>(file), rootUrl.href);
    if (ours) await writeFile(file, JSON.stringify(ours));
    else await rm(file);
  }
  const report = new Report({
    tempDirectory: processesFolder,
    reportsDirectory: servicesFolder,
    reporter: ["json"],
    extension: [".ts"],
    include: SOURCES,
    exclude: NOT_SOURCES,
  });
  await report.run();
  await rm(processesFolder, { recursive: true });
  return readCoverage(servicesFolder);
}

async function readCoverage(folder: string): Promise<Coverage> {
  const report = await readJson<IstanbulReport>(join(folder, "coverage-final.json"));
  const coverage = coverageOf(report, root);
  const named = [...coverage].map(([path, lines]) => [path.replaceAll(sep, "/"), lines] as const);
  // Vitest matches a glob anywhere in a path, so `kit/` matches tests/kit/ too.
  return new Map(named.filter(([path]) => ROOMS.some((room) => path.startsWith(`${room}/`))));
}

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, "utf8"));
}

async function writeSummary(coverage: Coverage): Promise<void> {
  const files = [...coverage].map(([path, lines]) => {
    const missed = [...lines].flatMap(([line, isRun]) => (isRun ? [] : [line]));
    return [path, { lines: lines.size, missed: missed.sort((a, b) => a - b) }] as const;
  });
  const summary = { rooms: rowsOf(coverage), files: Object.fromEntries(files.sort()) };
  const file = join(output, "coverage.json");
  await writeFile(file, `${JSON.stringify(summary, null, 2)}\n`);
  console.log(`\nWritten to ${file}`);
}

/** Sources that were edited during the run: their lines in the reports may be wrong. */
async function changedSince(startedAtMs: number, paths: Iterable<string>): Promise<string[]> {
  const changed: string[] = [];
  for (const path of paths) {
    if ((await stat(join(root, path))).mtimeMs > startedAtMs) changed.push(path);
  }
  return changed;
}

async function updateGates(coverage: Coverage): Promise<void> {
  const file = join(root, "gates.json");
  const updated = { ...gates, coverage: percentsOf(coverage) };
  await writeFile(file, `${JSON.stringify(updated, null, 2)}\n`);
  console.log(`\nWritten to ${file}`);
}

/** Prints what fell, and returns the exit code: 1 if something fell. */
function judge(coverage: Coverage): number {
  const fallen = fallenIn(coverage, gates);
  for (const each of fallen) console.error(each);
  return fallen.length > 0 ? 1 : 0;
}

async function run(): Promise<number> {
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({ options: { json: flag, update: flag } });
  const startedAtMs = Date.now();
  await generate();
  await rm(output, { recursive: true, force: true });
  await mkdir(processesFolder, { recursive: true });
  const exitCode = await runSuite();
  const coverage = merge(await readCoverage(workersFolder), [await readProcesses()]);
  console.log(`\n${tableOf(rowsOf(coverage))}`);
  if (values.json) await writeSummary(coverage);
  const changed = await changedSince(startedAtMs, coverage.keys());
  if (changed.length > 0)
    console.error(`\nEdited during the run, run again: ${changed.join(", ")}`);
  if (exitCode !== 0) {
    console.error("\nTests failed, so the coverage above is incomplete.");
    return exitCode;
  }
  if (!values.update) return judge(coverage);
  await updateGates(coverage);
  return 0;
}

process.exitCode = await run();
