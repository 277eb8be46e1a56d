// `npm run coverage`: runs the suite and prints, room by room, which lines any process of it ran:
// the test runner's workers, the services of the test stack and whatever else the tests start. The
// runner's own process is left out, for its code has no source map. It fails when a room fell below
// its figure in gates.json, or when nothing of a file is run.
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
/** Where Node leaves a report for each process but the workers, which Vitest reports itself. */
const processesFolder = join(output, "processes");
const workersFolder = join(output, "workers");
const servicesFolder = join(output, "services");

const PROJECTS = ["unit", "contract", "e2e"];
const ROOMS = ["kit", "router", "schema", "local", "subgraphs"];
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

/** What the processes beside the workers ran. Their reports are large and not kept. */
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
  // Vitest looks for a glob anywhere in a path, and so takes tests/kit/ for kit/.
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

/** Sources that were edited since: some processes ran other lines than the report is about. */
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

/** The exit code: 1 when something fell. */
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
  if (changed.length > 0) console.error(`\nEdited meanwhile, run again: ${changed.join(", ")}`);
  if (exitCode !== 0) {
    console.error("\nTests failed: what they would have run is missing above.");
    return exitCode;
  }
  if (!values.update) return judge(coverage);
  await updateGates(coverage);
  return 0;
}

process.exitCode = await run();
