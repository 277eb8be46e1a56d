// The context that every request of a subgraph has: identity, clock, and a log with its trace.
import type { Clock } from "#kit/clock";
import type { Subscriber } from "#kit/live/windows";
import type { Log } from "#kit/service/logger";
import type { Identity, Viewer } from "#kit/trust/identity";

export interface RequestContext {
  readonly identity: Identity;
  /** The signed-in person; null for anonymous requests and for the audience of a shared stream. */
  readonly viewer: Viewer | null;
  /** The share key of the shared stream that the audience reads; null for all other requests. */
  readonly feed: string | null;
  /** The subscriber of a stream that resumes at acknowledged positions; null for all others. */
  readonly subscriber: Subscriber | null;
  readonly traceId: string;
  /** The log of the service, with the trace id of this request. */
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
