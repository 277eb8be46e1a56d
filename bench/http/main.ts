// Requests a second of our router on one core, compared with Apollo's gateway and server and with
// Hive Gateway on the same works, in one run: 50 connections, with different keys in each request
// and with equal requests. Prints ratios: above 1 our router answers more.
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { canPin, memoryOf, pinThisProcess, stop } from "../measured.ts";
import {
  type Gateway,
  LOAD_CORE,
  prepare,
  RAISED_LIMITS,
  type Site,
  startApollo,
  startHive,
  startOurs,
  startTraced,
} from "./gateways.ts";
import { CONNECTIONS, type Keys } from "./load.ts";
import { profile } from "./profiling.ts";
import { proveEqual, proveGuarded } from "./proof.ts";
import { report } from "./report.ts";
import { type Measurement, measure } from "./rounds.ts";
import { WORKS } from "./works.ts";

/** Above this load, other programs use the machine. */
const QUIET = 1;

const BYTES_PER_MEGABYTE = 1_048_576;

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "2" },
    // Runs only those of `nested-unique`, `nested-identical`, `join-unique` and `join-identical`
    // that contain this text.
    only: { type: "string", default: "" },
    // There are also `hive-javascript`, and `traced`: ours with traces of 1 % of the operations.
    peers: { type: "string", default: "apollo,hive" },
    // Only ours, with a profiler.
    profile: { type: "boolean", default: false },
  },
});

async function startAll(site: Site): Promise<Gateway[]> {
  const peers = options.profile ? [] : options.peers.split(",");
  const started = [
    await startOurs(site, options.profile),
    peers.includes("apollo") ? await startApollo(site) : null,
    peers.includes("hive") ? await startHive(site, true) : null,
    peers.includes("traced") ? await startTraced(site) : null,
    peers.includes("hive-javascript") ? await startHive(site, false) : null,
  ];
  return started.filter((gateway) => gateway !== null);
}

async function plan(gateways: readonly Gateway[], site: Site): Promise<Measurement[]> {
  const [seconds, rounds] = [Number(options.seconds), Number(options.rounds)];
  const measurements: Measurement[] = [];
  for (const work of WORKS) {
    const bytes = await proveEqual(gateways, work, site.token);
    for (const keys of ["unique", "identical"] satisfies Keys[]) {
      measurements.push({ ...site, gateways, work, keys, bytes, seconds, rounds });
    }
  }
  const isAsked = ({ work, keys }: Measurement) => `${work.name}-${keys}`.includes(options.only);
  const asked = measurements.filter(isAsked);
  if (asked.length === 0) throw new Error(`--only ${options.only} names none of the works`);
  return asked;
}

async function run(ours: Gateway, measurements: readonly Measurement[]): Promise<void> {
  for (const measurement of measurements) {
    if (options.profile) console.log(await profile(ours, measurement));
    else console.log(report(measurement, await measure(measurement)));
  }
}

function introduce(gateways: readonly Gateway[], loadBefore: number): void {
  const cores = canPin ? "the gateway alone on one" : "nothing pinned";
  console.log(`Node.js ${process.version}, ${cpus().length} cores, ${cores}`);
  const busy = loadBefore > QUIET ? ": this machine is busy, take no figure from here" : "";
  console.log(`load before ${loadBefore.toFixed(1)}${busy}`);
  for (const { name, version } of gateways) console.log(`${name}: ${version}`);
  const limits = Object.entries(RAISED_LIMITS).map(([name, most]) => `${name} raised to ${most}`);
  console.log(`ours with authorization and limits, ${limits.join(", ")}; rates off`);
  const rounds = `${options.rounds} rounds of ${options.seconds} s`;
  console.log(`${CONNECTIONS} connections; of ${rounds} the median, and the middle half of ratios`);
}

async function bench(site: Site, gateways: readonly Gateway[]): Promise<void> {
  const [ours] = gateways;
  if (!ours) return;
  const measurements = await plan(gateways, site);
  for (const work of WORKS) await proveGuarded(ours, work, site.token);
  await run(ours, measurements);
  console.log();
  for (const gateway of gateways) {
    const megabytes = Math.round((await memoryOf(gateway)) / BYTES_PER_MEGABYTE);
    console.log(`${gateway.name} holds ${megabytes} MB at the end`);
  }
}

const [loadBefore = 0] = loadavg();
const folder = await mkdtemp(join(tmpdir(), "meetinity-bench-"));
const site = await prepare(folder);
const gateways = await startAll(site);
pinThisProcess(LOAD_CORE);
introduce(gateways, loadBefore);
try {
  await bench(site, gateways);
} finally {
  await Promise.all([...gateways, site.subgraphs].map(stop));
  await rm(folder, { recursive: true });
}
