// The context that every request of a subgraph has: identity, client, clock, and a log with its
// trace.
import type { Clock } from "#kit/clock";
import type { Subscriber } from "#kit/live/windows";
import type { Log } from "#kit/service/logger";
import { type RequestClient, UNKNOWN_CLIENT } from "#kit/trust/client";
import type { Identity, Viewer } from "#kit/trust/identity";

export interface RequestContext {
  readonly identity: Identity;
  /**
   * The signed-in person; null for anonymous requests, for the audience of a shared stream, and for
   * restricted people, whom only fields with `@whileRestricted` serve.
   */
  readonly viewer: Viewer | null;
  /** The viewer, or a restricted person. */
  readonly signedIn: Viewer | null;
  /** The share key of the shared stream that the audience reads; null for all other requests. */
  readonly feed: string | null;
  /** The subscriber of a stream that resumes at acknowledged positions; null for all others. */
  readonly subscriber: Subscriber | null;
  /** The sender of a mutation with `@credential`; nothing is known of others. */
  readonly client: RequestClient;
  readonly traceId: string;
  /** The log of the service, with the trace id of this request. */
  readonly log: Log;
  readonly now: Clock;
}

type RequestOptions = Partial<Pick<RequestContext, "feed" | "subscriber" | "client">>;

export function requestContext(
  identity: Identity,
  traceId: string,
  log: Log,
  now: Clock,
  { feed = null, subscriber = null, client = UNKNOWN_CLIENT }: RequestOptions = {},
): RequestContext {
  const signedIn = identity.kind === "viewer" ? identity.viewer : null;
  const viewer = signedIn?.isRestricted ? null : signedIn;
  return { identity, viewer, signedIn, feed, subscriber, client, traceId, log, now };
}
