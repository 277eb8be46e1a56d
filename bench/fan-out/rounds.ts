// Rounds of events, to one server after the other: as many in flight as are asked for, each sent as
// soon as another had come to everybody; or at a steady rate, whatever becomes of them.
import { setTimeout as delay } from "node:timers/promises";
import { cpuOf, type Measured } from "../measured.ts";
import type { Crowd } from "./crowd.ts";

/** A server, those who watch it, and how something is said to them. */
export interface Side {
  readonly server: Measured;
  readonly crowd: Crowd;
  say(number: number): Promise<void>;
  /** Requests to resolve fields of another subgraph, so far. */
  calls(): Promise<number>;
}

/** What one server did in one round. */
export interface Figures {
  readonly events: number;
  readonly deliveries: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly calls: number;
  /** From each event, when it should have been sent, until the last had it. */
  readonly latenciesMs: readonly number[];
}

let lastNumber = 0;

/** Says one thing. From its time until the last of the crowd had it, in ms. */
async function sayOne({ crowd, say }: Side, dueAt: number): Promise<number> {
  lastNumber += 1;
  const delivered = crowd.delivered(lastNumber);
  await say(lastNumber);
  return (await delivered) - dueAt;
}

async function measured(side: Side, send: () => Promise<readonly number[]>): Promise<Figures> {
  const { server, crowd, calls } = side;
  const [callsBefore, cpuBefore, framesBefore] = [
    await calls(),
    await cpuOf(server),
    crowd.frames(),
  ];
  const startedAt = performance.now();
  const latenciesMs = await send();
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpuSeconds = ((await cpuOf(server)) - cpuBefore) / 1e6;
  const deliveries = crowd.frames() - framesBefore;
  const events = latenciesMs.length;
  if (deliveries !== events * crowd.size) {
    throw new Error(`${server.name} sent ${deliveries} frames for ${events} events`);
  }
  return {
    events,
    deliveries,
    seconds,
    cpuSeconds,
    latenciesMs,
    calls: (await calls()) - callsBefore,
  };
}

/** Keeps so many events in flight. */
export function inFlight(side: Side, count: number, seconds: number): Promise<Figures> {
  return measured(side, async () => {
    const latencies: number[] = [];
    const endsAt = performance.now() + seconds * 1_000;
    const lane = async () => {
      while (performance.now() < endsAt) latencies.push(await sayOne(side, performance.now()));
    };
    await Promise.all(Array.from({ length: count }, lane));
    return latencies;
  });
}

/** Says so many a second. */
export function steadily(side: Side, perSecond: number, seconds: number): Promise<Figures> {
  return measured(side, async () => {
    const said: Promise<number>[] = [];
    const startedAt = performance.now();
    for (let count = 0; count < perSecond * seconds; count += 1) {
      const dueAt = startedAt + (count * 1_000) / perSecond;
      await delay(Math.max(0, dueAt - performance.now()));
      said.push(sayOne(side, dueAt));
    }
    return Promise.all(said);
  });
}

/** Of all sides in turn; another begins each round, and the first round warms up. */
export async function inTurns(
  sides: readonly Side[],
  rounds: number,
  run: (side: Side) => Promise<Figures>,
): Promise<readonly (readonly Figures[])[]> {
  const measuredSides: Figures[][] = sides.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (let turn = 0; turn < sides.length; turn += 1) {
      const at = (round + turn) % sides.length;
      const side = sides[at];
      if (!side) continue;
      const figures = await run(side);
      if (round > 0) measuredSides[at]?.push(figures);
    }
  }
  return measuredSides;
}
