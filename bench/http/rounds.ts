// Rounds of load, of all gateways in turn, so that what the machine does beside strikes all of them
// alike. It measures; it judges nothing.
import { ask, cpuOf, type Measured } from "../measured.ts";
import type { Gateway } from "./gateways.ts";
import { type Keys, type Loaded, load } from "./load.ts";
import type { Bytes } from "./proof.ts";
import type { Work } from "./work.ts";

/** What one gateway did in one round. */
export interface Figures {
  readonly requestsPerSecond: number;
  readonly p95Ms: number;
  /** Of the gateway, for each request. */
  readonly cpuMicros: number;
  /** Of all subgraphs, for each request. */
  readonly calls: number;
  /** How busy load and subgraphs kept their core: near 1 they hold the gateway back. */
  readonly loadShare: number;
}

/** By the name of a gateway. */
export type Round = ReadonlyMap<string, Figures>;

export interface Measurement {
  readonly gateways: readonly Gateway[];
  readonly subgraphs: Measured;
  readonly token: string;
  readonly work: Work;
  readonly keys: Keys;
  readonly bytes: Bytes;
  readonly seconds: number;
  readonly rounds: number;
}

/** The rounds of one work; another gateway begins each, and the first round warms up. */
export async function measure(measurement: Measurement): Promise<Round[]> {
  const { gateways, rounds } = measurement;
  const measured: Round[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const first = round % gateways.length;
    const figures = new Map<string, Figures>();
    for (const gateway of [...gateways.slice(first), ...gateways.slice(0, first)]) {
      figures.set(gateway.name, await figuresOf(gateway, measurement));
    }
    measured.push(figures);
  }
  return measured.slice(1);
}

/** Loads one gateway for the time of a round. */
export function loadOnce(gateway: Gateway, measurement: Measurement): Promise<Loaded> {
  const { work, keys, token, seconds, bytes } = measurement;
  const expected = bytes.get(gateway.name) ?? Number.NaN;
  return load(gateway, work, { keys, token, seconds, bytes: expected });
}

async function figuresOf(gateway: Gateway, measurement: Measurement): Promise<Figures> {
  const { subgraphs } = measurement;
  const before = await usedBy(gateway, subgraphs);
  const { count, seconds, p95Ms } = await loadOnce(gateway, measurement);
  const after = await usedBy(gateway, subgraphs);
  return {
    requestsPerSecond: count / seconds,
    p95Ms,
    cpuMicros: (after.gateway - before.gateway) / count,
    calls: (after.calls - before.calls) / count,
    loadShare: (after.load - before.load) / (seconds * 1e6),
  };
}

async function usedBy(gateway: Gateway, subgraphs: Measured) {
  const { user, system } = process.cpuUsage();
  const { calls = Number.NaN } = await ask(subgraphs, "calls");
  return {
    gateway: await cpuOf(gateway),
    load: (await cpuOf(subgraphs)) + user + system,
    calls,
  };
}
