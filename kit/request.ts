// What every request carries, whatever its subgraph: who asks, the clock, and the trace in whose
// name it logs.
import type { Clock } from "#kit/clock";
import type { Identity, Viewer } from "#kit/identity";
import type { Log } from "#kit/log";

export interface RequestContext {
  readonly identity: Identity;
  /** The signed-in person; null for nobody and for the audience of a shared stream. */
  readonly viewer: Viewer | null;
  /** The key of the shared stream whose audience asks; null for everybody else. */
  readonly feed: string | null;
  readonly traceId: string;
  /** Of the service: what is logged names its trace. */
  readonly log: Log;
  readonly now: Clock;
}

export function requestContext(
  identity: Identity,
  traceId: string,
  log: Log,
  now: Clock,
  feed: string | null = null,
): RequestContext {
  const viewer = identity.kind === "viewer" ? identity.viewer : null;
  return { identity, viewer, feed, traceId, log, now };
}
