// Rounds of events at one server after the other: either with a fixed number in flight, where the
// next is sent when one has reached everybody; or at a fixed rate.
import { setTimeout as delay } from "node:timers/promises";
import { cpuOf, type Measured } from "../measured.ts";
import type { Crowd } from "./crowd.ts";

/** A server, its clients, and a function that publishes an event to them. */
export interface Side {
  readonly server: Measured;
  readonly crowd: Crowd;
  say(number: number): Promise<void>;
  /** The number of requests to another subgraph so far. */
  calls(): Promise<number>;
  /** Closes the clients and stops the events. */
  leave(): void;
}

/** The figures of one server in one round. */
export interface Figures {
  readonly events: number;
  readonly deliveries: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly calls: number;
  /** For each event, from the time when it was due until the last client had it. */
  readonly latenciesMs: readonly number[];
}

let lastNumber = 0;

/** Publishes one event. Returns the time from `dueAt` until the last client had it, in ms. */
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

/** Keeps `count` events in flight. */
export function inFlight(side: Side, count: number, seconds: number): Promise<Figures> {
  return measured(side, async () => {
    const latencies: number[] = [];
    const endsAt = performance.now() + seconds * 1_000;
    const sender = async () => {
      while (performance.now() < endsAt) latencies.push(await sayOne(side, performance.now()));
    };
    await Promise.all(Array.from({ length: count }, sender));
    return latencies;
  });
}

/** Publishes at a fixed rate. */
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

/** Measures all sides in turn. Each round begins with another side; the first one warms up. */
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
