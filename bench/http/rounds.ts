// Rounds of load on all gateways in turn, so that other work of the machine affects all of them
// alike.
import { ask, cpuOf, type Measured } from "../measured.ts";
import type { Gateway } from "./gateways.ts";
import { type Keys, type Loaded, load } from "./load.ts";
import type { Bytes } from "./proof.ts";
import type { Work } from "./work.ts";

/** The figures of one gateway in one round. */
export interface Figures {
  readonly requestsPerSecond: number;
  readonly p95Ms: number;
  /** The gateway's CPU per request. */
  readonly cpuMicros: number;
  /** Requests to all subgraphs per request. */
  readonly calls: number;
  /** The share of their core that load and subgraphs used. Near 1 they limit the gateway. */
  readonly loadShare: number;
}

/** Figures by the name of a gateway. */
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

/** The rounds of one work. Each begins with another gateway, and the first one warms up. */
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
