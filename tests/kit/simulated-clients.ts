// Clients of a simulated stream, and checks of the frames that each received.
import type { SimulatedStream } from "./simulated-stream.ts";

export interface Client {
  readonly viewerId: string;
  readonly start: number | undefined;
  /** The head of the log when they subscribed. */
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

/** Whether they received something after the entry that removed them for good. */
export function isServedOnceOut(
  { log }: SimulatedStream,
  { viewerId, head, got }: Client,
): boolean {
  const change = log.findLast((entry) => entry.out === viewerId || entry.in === viewerId);
  return change?.out === viewerId && change.seq > head && (got.at(-1) ?? 0) > change.seq;
}

/** The faults of a client's end, or of a missing end. */
export function endOf(stream: SimulatedStream, client: Client, isFeedCut: boolean): string[] {
  const { log } = stream;
  const { viewerId, start, head, got, end } = client;
  const last = got.at(-1) ?? start;
  if (end === undefined) {
    const isBehind = last !== undefined && last !== log.length;
    return [
      ...(stream.isMember(viewerId) && !stream.isBlocked(viewerId)
        ? []
        : ["a removed client receives entries"]),
      ...(isBehind ? [`ends at ${last} of ${log.length}`] : []),
    ];
  }
  if (end === null) {
    // An entry that removed them before they subscribed does not count.
    const at = last ?? 0;
    const isTheirs = at > head && log[at - 1]?.out === viewerId;
    return isTheirs ? [] : [`completes at ${last}, which is not their end`];
  }
  // A feed that was cut cannot send the last entries to a removed viewer.
  if (end === "SUBGRAPH_UNAVAILABLE" && isFeedCut && log.some(({ out }) => out === viewerId)) {
    return [];
  }
  // A client without a position that was not authorized when the socket broke gets this code.
  if (end === "SUBGRAPH_UNAVAILABLE" && last === undefined) return [];
  return end === "NOT_FOUND" ? [] : [`ended by ${end}`];
}
