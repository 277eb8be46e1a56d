// Live fan-out: a thousand people watch one conversation through our router, with a field of
// another subgraph on every event, against a bare ws server that broadcasts frames of the same
// size. Both are alone on one core, in rounds of one run, behind one database. The figure is the
// ratio of deliveries by the CPU time of the server.
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { profiled } from "../http/profiling.ts";
import { type Site, startSite } from "../live/site.ts";
import { canPin, stop } from "../measured.ts";
import { describe, describeSteady } from "./report.ts";
import { inFlight, inTurns, type Side, steadily } from "./rounds.ts";
import { bareSide, ourSide, prove, sizeOf } from "./sides.ts";

const IN_FLIGHT = [1, 4, 32];
const WARM_UP_SECONDS = 8;
/** Load above which others have the machine. */
const QUIET = 1;

const { values: options } = parseArgs({
  options: {
    sockets: { type: "string", default: "1000" },
    seconds: { type: "string", default: "3" },
    rounds: { type: "string", default: "5" },
    // Events a second in the open model.
    rates: { type: "string", default: "10,40" },
    // Ours alone, under a profiler.
    profile: { type: "boolean", default: false },
  },
});

async function measure(sides: readonly Side[]): Promise<void> {
  const [seconds, rounds] = [Number(options.seconds), Number(options.rounds)];
  // What runs for days is compiled: nothing is measured before that.
  for (const side of sides) await inFlight(side, Math.max(...IN_FLIGHT), WARM_UP_SECONDS);
  for (const count of IN_FLIGHT) {
    const [ours = [], bare = []] = await inTurns(sides, rounds, (side) =>
      inFlight(side, count, seconds),
    );
    console.log(describe(`${count} in flight`, ours, bare));
  }
  for (const rate of options.rates.split(",").map(Number)) {
    const [ours = [], bare = []] = await inTurns(sides, rounds, (side) =>
      steadily(side, rate, seconds),
    );
    console.log(describeSteady(`${rate} events a second`, ours, bare));
  }
}

async function compare(site: Site, ours: Side, frame: string): Promise<void> {
  const bare = await bareSide(site, ours.crowd.size, frame);
  try {
    await prove(bare);
    await measure([ours, bare]);
  } finally {
    bare.leave();
    await stop(bare.server);
  }
}

/** Ours alone, and what a delivery costs it. */
async function profile(ours: Side): Promise<void> {
  for (const count of IN_FLIGHT) {
    const run = async () => (await inFlight(ours, count, Number(options.seconds))).deliveries;
    console.log(await profiled(ours.server, `fan-out ${count} in flight`, run));
  }
}

const [loadBefore = 0] = loadavg();
const site = await startSite({ isProfiled: options.profile });
try {
  const ours = await ourSide(site, Number(options.sockets));
  const frame = await prove(ours);
  const cores = canPin ? "each server alone on one" : "nothing pinned";
  console.log(`Node.js ${process.version}, ${cpus().length} cores, ${cores}`);
  const busy = loadBefore > QUIET ? ": this machine is busy, take no figure from here" : "";
  console.log(`load before ${loadBefore.toFixed(1)}${busy}; ${sizeOf(ours.crowd, frame)}`);
  if (options.profile) await profile(ours);
  else await compare(site, ours, frame);
  ours.leave();
} finally {
  await site.stop();
}
