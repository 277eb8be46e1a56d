// What every request carries, whatever its subgraph: who asks, the clock, and the trace in whose
// name it logs.
import type { Clock } from "#kit/clock";
import type { Subscriber } from "#kit/live/windows";
import type { Log } from "#kit/service/logger";
import type { Identity, Viewer } from "#kit/trust/identity";

export interface RequestContext {
  readonly identity: Identity;
  /** The signed-in person; null for nobody and for the audience of a shared stream. */
  readonly viewer: Viewer | null;
  /** The key of the shared stream whose audience asks; null for everybody else. */
  readonly feed: string | null;
  /** For whom a stream is opened that goes on where it was received up to; null for all others. */
  readonly subscriber: Subscriber | null;
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
  { feed = null, subscriber = null }: Partial<Pick<RequestContext, "feed" | "subscriber">> = {},
): RequestContext {
  const viewer = identity.kind === "viewer" ? identity.viewer : null;
  return { identity, viewer, feed, subscriber, traceId, log, now };
}
