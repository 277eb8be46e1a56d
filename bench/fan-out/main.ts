// Live fan-out: a thousand people watch one conversation through our router, with a field of
// another subgraph on every event, against a bare ws server that broadcasts frames of the same
// size. Both are alone on one core, in rounds of one run. The figure is the ratio of deliveries by
// the CPU time of the server.
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { startSite } from "../live/site.ts";
import { canPin, stop } from "../measured.ts";
import { describe, describeSteady } from "./report.ts";
import { inFlight, inTurns, type Side, steadily } from "./rounds.ts";
import { bareSide, ourSide, prove, sizeOf } from "./sides.ts";

const IN_FLIGHT = [1, 4, 32];

const { values: options } = parseArgs({
  options: {
    sockets: { type: "string", default: "1000" },
    seconds: { type: "string", default: "3" },
    rounds: { type: "string", default: "5" },
    /** Events a second in the open model. */
    rates: { type: "string", default: "10,40" },
  },
});

async function measure(sides: readonly Side[]): Promise<void> {
  const [seconds, rounds] = [Number(options.seconds), Number(options.rounds)];
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

const [loadBefore = 0] = loadavg();
const site = await startSite({ isProfiled: false });
try {
  const size = Number(options.sockets);
  const ours = await ourSide(site, size);
  const frame = await prove(ours);
  const bare = await bareSide(site, size, frame);
  await prove(bare);
  const cores = canPin ? "each server alone on one" : "nothing pinned";
  console.log(`Node.js ${process.version}, ${cpus().length} cores, ${cores}`);
  console.log(`load before ${loadBefore.toFixed(1)}; ${sizeOf(ours.crowd, frame)}`);
  await measure([ours, bare]);
  await stop(bare.server);
} finally {
  await site.stop();
}
process.exit();
