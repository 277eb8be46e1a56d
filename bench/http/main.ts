// How many requests our router answers on one core, against Apollo's gateway and server and against
// Hive Gateway on the same works, in one run: 50 connections, with keys that differ from request to
// request and with equal requests. Prints ratios: above 1 we answer more.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { canPin, memoryOf, pinThisProcess } from "../measured.ts";
import {
  type Gateway,
  prepare,
  RAISED_LIMITS,
  type Site,
  startApollo,
  startHive,
  startOurs,
} from "./gateways.ts";
import { CONNECTIONS, type Keys } from "./load.ts";
import { profile } from "./profiling.ts";
import { proveEqual, proveGuarded } from "./proof.ts";
import { report } from "./report.ts";
import { type Measurement, measure } from "./rounds.ts";
import { WORKS } from "./works.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "2" },
    /** Works and keys whose name has this. */
    only: { type: "string", default: "" },
    peers: { type: "string", default: "apollo,hive" },
    profile: { type: "boolean", default: false },
  },
});

async function startAll(site: Site): Promise<Gateway[]> {
  const peers = options.profile ? [] : options.peers.split(",");
  const started = [
    await startOurs(site, options.profile),
    peers.includes("apollo") ? await startApollo(site) : null,
    peers.includes("hive") ? await startHive(site, true) : null,
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
  return measurements.filter(({ work, keys }) => `${work.name}-${keys}`.includes(options.only));
}

async function run(ours: Gateway, measurements: readonly Measurement[]): Promise<void> {
  const profiles = resolve(".meetinity", "bench", "profiles");
  if (options.profile) await mkdir(profiles, { recursive: true });
  for (const measurement of measurements) {
    if (options.profile) console.log(await profile(ours, measurement, profiles));
    else console.log(report(measurement, await measure(measurement)));
  }
}

function introduce(gateways: readonly Gateway[]): void {
  const cores = `${cpus().length} cores${canPin ? ", the gateway alone on one" : ", not pinned"}`;
  console.log(`Node.js ${process.version}, ${cores}; load before ${loadavg()[0]?.toFixed(1)}`);
  for (const { name, version } of gateways) console.log(`${name}: ${version}`);
  console.log(
    `${CONNECTIONS} connections; medians, and the middle half of ${options.rounds} rounds of ` +
      `${options.seconds} s; ours with authorization and limits, raised ${JSON.stringify(RAISED_LIMITS)}`,
  );
}

const folder = await mkdtemp(join(tmpdir(), "meetinity-bench-"));
const site = await prepare(folder);
const gateways = await startAll(site);
pinThisProcess(0);
const [ours] = gateways;
if (ours) {
  for (const work of WORKS) await proveGuarded(ours, work, site.token);
  introduce(gateways);
  await run(ours, await plan(gateways, site));
}
for (const gateway of gateways) {
  const megabytes = Math.round((await memoryOf(gateway)) / 1_048_576);
  console.log(`${gateway.name} held ${megabytes} MB at the end`);
}
for (const { child } of [...gateways, site.subgraphs]) child.disconnect();
await rm(folder, { recursive: true });
