// Checks after the kills, as pure functions of the accepted, the stored and the delivered. Each
// returns all faults.
import { isDeepStrictEqual } from "node:util";
import type { Positioned } from "./watcher.ts";

/** Something that was accepted or stored. The key includes the viewer. */
export interface Kept {
  /** The client's id, the same in every retry. */
  readonly key: string;
  /** Its id and position in the verdict or in the database. */
  readonly value: string;
}

/** Accepted = stored: each once, with the same id and position, and nothing else. */
export function storageFaults(accepted: readonly Kept[], stored: readonly Kept[]): string[] {
  const values = new Map<string, string[]>();
  for (const { key, value } of stored) values.set(key, [...(values.get(key) ?? []), value]);
  const told = new Map(accepted.map(({ key, value }) => [key, value]));
  return [
    ...[...told].flatMap(([key, value]) => {
      const found = values.get(key) ?? [];
      if (found.length !== 1) return [`${key} is stored ${found.length} times`];
      return found[0] === value ? [] : [`${key} was told ${value} and is ${found[0]}`];
    }),
    ...[...values.keys()].filter((key) => !told.has(key)).map((key) => `${key} was never accepted`),
  ];
}

/** Stored = delivered: the whole log, from its first entry, in order, each entry once. */
export function deliveryFaults<Event extends Positioned>(
  events: readonly Event[],
  log: readonly object[],
  shown: (event: Event) => object,
): string[] {
  const faults: string[] = [];
  for (let at = 0; at < Math.max(events.length, log.length); at += 1) {
    const [event, entry] = [events[at], log[at]];
    const seq = at + 1;
    if (!event) faults.push(`${seq} was not delivered`);
    else if (event.seq !== seq || event.prevSeq !== at) {
      faults.push(`${event.prevSeq} -> ${event.seq} was delivered as number ${seq}`);
    } else if (!entry) faults.push(`${seq} was delivered and is not in the log`);
    else if (!isDeepStrictEqual(shown(event), entry)) faults.push(`${seq} is not what is stored`);
  }
  return faults;
}

/** The rows that are in one list only. */
export function differences(source: readonly object[], projection: readonly object[]): string[] {
  const [here, there] = [source, projection].map((rows) => new Set(rows.map((row) => text(row))));
  return [
    ...[...(here ?? [])].filter((row) => !there?.has(row)).map((row) => `missing: ${row}`),
    ...[...(there ?? [])].filter((row) => !here?.has(row)).map((row) => `left over: ${row}`),
  ];
}

function text(row: object): string {
  return JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
}
