// Live fan-out: a thousand people watch one conversation through our router, with a field of
// another subgraph on every event, compared with a bare ws server that broadcasts frames of the
// same size. Both have one core and the same database, in rounds of one run. The result is the
// ratio of deliveries per CPU time. Both are started several times, because one server differs by a
// third between starts.
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { profiled } from "../http/profiling.ts";
import { type Site, startSite } from "../live/site.ts";
import { canPin, stop } from "../measured.ts";
import { describe, describeSteady } from "./report.ts";
import { type Figures, inFlight, inTurns, type Side, steadily } from "./rounds.ts";
import { bareSide, ourSide, prove, sizeOf } from "./sides.ts";

const IN_FLIGHT = [1, 4, 32];
const WARM_UP_SECONDS = 8;
/** Above this load, other programs use the machine. */
const QUIET = 1;

const { values: options } = parseArgs({
  options: {
    sockets: { type: "string", default: "1000" },
    seconds: { type: "string", default: "3" },
    rounds: { type: "string", default: "3" },
    starts: { type: "string", default: "3" },
    // Events a second in the open model.
    rates: { type: "string", default: "10,40" },
    // Only ours, with a profiler.
    profile: { type: "boolean", default: false },
  },
});

const seconds = Number(options.seconds);
const rounds = Number(options.rounds);
const starts = Number(options.starts);

/** One kind of load, and the rounds of both sides so far. */
interface Work {
  readonly title: string;
  run(side: Side): Promise<Figures>;
  readonly describe: typeof describe;
  readonly ours: Figures[];
  readonly bare: Figures[];
}

const works: readonly Work[] = [
  ...IN_FLIGHT.map((count) => ({
    title: `${count} in flight`,
    run: (side: Side) => inFlight(side, count, seconds),
    describe,
    ours: [],
    bare: [],
  })),
  ...options.rates.split(",").map((rate) => ({
    title: `${rate} events a second`,
    run: (side: Side) => steadily(side, Number(rate), seconds),
    describe: describeSteady,
    ours: [],
    bare: [],
  })),
];

async function measure(ours: Side, bare: Side): Promise<void> {
  const sides = [ours, bare];
  // Warm up until V8 has compiled the code, as in a server that runs for days.
  for (const side of sides) await inFlight(side, Math.max(...IN_FLIGHT), WARM_UP_SECONDS);
  for (const work of works) {
    const [ofOurs = [], ofBare = []] = await inTurns(sides, rounds, work.run);
    work.ours.push(...ofOurs);
    work.bare.push(...ofBare);
  }
}

async function compare(site: Site, ours: Side, frame: string): Promise<void> {
  const bare = await bareSide(site, ours.crowd.size, frame);
  try {
    await prove(bare);
    await measure(ours, bare);
  } finally {
    bare.leave();
    await stop(bare.server);
  }
}

/** Profiles our router, and prints the cost of a delivery. */
async function profile(ours: Side): Promise<void> {
  for (const count of IN_FLIGHT) {
    const run = async () => (await inFlight(ours, count, seconds)).deliveries;
    console.log(await profiled(ours.server, `fan-out ${count} in flight`, run));
  }
}

/** Starts new servers, and measures. */
async function runOnce(): Promise<void> {
  const site = await startSite({ isProfiled: options.profile });
  try {
    const ours = await ourSide(site, Number(options.sockets));
    const frame = await prove(ours);
    console.log(sizeOf(ours.crowd, frame));
    if (options.profile) await profile(ours);
    else await compare(site, ours, frame);
    ours.leave();
  } finally {
    await site.stop();
  }
}

const [loadBefore = 0] = loadavg();
const cores = canPin ? "each server alone on one" : "nothing pinned";
console.log(`Node.js ${process.version}, ${cpus().length} cores, ${cores}`);
const busy = loadBefore > QUIET ? ": this machine is busy, take no figure from here" : "";
console.log(`load before ${loadBefore.toFixed(1)}${busy}`);
if (options.profile) await runOnce();
else {
  for (let start = 1; start <= starts; start += 1) {
    console.log(`start ${start} of ${starts}`);
    await runOnce();
  }
  for (const work of works) console.log(work.describe(work.title, work.ours, work.bare));
}
