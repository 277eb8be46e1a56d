// Clients of a simulated stream, and what is wrong with what one of them was told.
import type { SimulatedStream } from "./simulated-stream.ts";

export interface Client {
  readonly viewerId: string;
  readonly start: number | undefined;
  /** How long the log was when they came. */
  readonly head: number;
  readonly got: number[];
  end: string | null | undefined;
  cancel(): void;
}

export function holesOf({ start, head, got }: Client): string[] {
  return got.flatMap((seq, at) => {
    const before = at > 0 ? got[at - 1] : start;
    const follows = before === undefined ? seq > head : seq === before + 1;
    return follows ? [] : [`${before} is followed by ${seq}`];
  });
}

/** Whether they got something behind the entry that put them out for good. */
export function isServedOnceOut(
  { log }: SimulatedStream,
  { viewerId, head, got }: Client,
): boolean {
  const change = log.findLast((entry) => entry.out === viewerId || entry.in === viewerId);
  return change?.out === viewerId && change.seq > head && (got.at(-1) ?? 0) > change.seq;
}

/** What is wrong with how it ended, or did not. */
export function endOf(stream: SimulatedStream, client: Client, isFeedCut: boolean): string[] {
  const { log } = stream;
  const { viewerId, start, head, got, end } = client;
  const last = got.at(-1) ?? start;
  if (end === undefined) {
    const isBehind = last !== undefined && last !== log.length;
    return [
      ...(stream.isMember(viewerId) && !stream.isBlocked(viewerId) ? [] : ["hears on who is out"]),
      ...(isBehind ? [`ends at ${last} of ${log.length}`] : []),
    ];
  }
  if (end === null) {
    // What put them out before they came says nothing any more.
    const at = last ?? 0;
    const isTheirs = at > head && log[at - 1]?.out === viewerId;
    return isTheirs ? [] : [`completes at ${last}, which is not their end`];
  }
  // A feed that was cut cannot bring the last of it to who is out.
  if (end === "SUBGRAPH_UNAVAILABLE" && isFeedCut && log.some(({ out }) => out === viewerId)) {
    return [];
  }
  // Who was not yet admitted when the socket broke, and said no position, is told so.
  if (end === "SUBGRAPH_UNAVAILABLE" && last === undefined) return [];
  return end === "NOT_FOUND" ? [] : [`ended by ${end}`];
}
