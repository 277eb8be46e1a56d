// Opens a planned subscription for one client: as an ordinary stream, or as a member of a feed that
// all clients of this router share.
import type { GraphQLError } from "graphql";
import type { LiveMode } from "#kit/live/shared/live-modes";
import { countOpen } from "#kit/telemetry/tally";
import { AUDIENCE, type Identity } from "#kit/trust/identity";
import { RefusedError } from "../errors/errors.ts";
import type { PlannedSubscription, Sharing } from "../execution/subscription.ts";
import type { Graph } from "../graph/graph.ts";
import type { Limits } from "../limits/limits.ts";
import type { IssuedTokens } from "../sessions/issued-tokens.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { countResume } from "../telemetry/stream-metrics.ts";
import { brokenOperation } from "../upstream/subgraph-socket.ts";
import type {
  Upstream,
  UpstreamOperation,
  UpstreamSink,
  UpstreamSubscription,
} from "../upstream/subscriptions.ts";
import { openFeed, type SharedFeed } from "./feed.ts";
import { type MemberOptions, openMember } from "./member.ts";
import type { ClientStream } from "./operations.ts";
import { openOrdinaryStream } from "./ordinary-stream.ts";
import { openResumed, type ResumedOptions } from "./resumed.ts";
import type { ClientSink } from "./send-queue.ts";
import {
  createSubscriptionLimit,
  type SubscriptionLimit,
  tooManySubscriptions,
} from "./subscription-limit.ts";

interface Options {
  readonly graph: Pick<Graph, "upstreams" | "feeds" | "whenInvalid">;
  readonly tokens: Pick<IssuedTokens, "whenOver">;
  readonly limits: Pick<Limits, "viewerSubscriptions">;
  readonly metrics: Metrics;
}

interface Context extends Options {
  readonly subscriptionLimit: SubscriptionLimit;
}

/** The client of a subscription. */
interface Requester {
  readonly identity: Identity;
  readonly traceId: string;
  /** From `connection_init`. */
  readonly subscriberId: string | undefined;
}

export type OpenClientStream = (
  subscription: PlannedSubscription,
  requester: Requester,
) => ClientStream;

/** The streams of one router. Opening one throws a {@link RefusedError} over the viewer's limit. */
export function createClientStreams(options: Options): OpenClientStream {
  const subscriptionLimit = createSubscriptionLimit(options.limits.viewerSubscriptions);
  const context = { ...options, subscriptionLimit };
  const feeds = new Map<string, SharedFeed>();
  return (subscription, requester) => {
    const { sharing, position } = subscription;
    if (position !== undefined && position !== null) countResume();
    if (!sharing) {
      return { open: (sink) => openOrdinary(context, subscription, requester, sink) };
    }
    const feedOf = sharedFeeds(options, feeds, subscription, sharing, requester.traceId);
    const shared = { subscription, feedOf, complete: sharing.complete };
    return { open: (sink) => openShared(context, shared, requester, sink) };
  };
}

/** Counts a subscription until the returned function is called. */
function countSubscription(context: Context, identity: Identity): () => void {
  const { subscriptionLimit, limits, metrics } = context;
  const release = subscriptionLimit.acquire(identity);
  if (!release) {
    metrics.refusal("viewerSubscriptions");
    throw new RefusedError([tooManySubscriptions(limits.viewerSubscriptions).toJSON()]);
  }
  const closed = metrics.subscription();
  const uncount = countOpen("subscriptions");
  return () => {
    release();
    closed();
    uncount();
  };
}

function openOrdinary(
  context: Context,
  subscription: PlannedSubscription,
  requester: Requester,
  sink: ClientSink,
): () => void {
  const { identity, traceId } = requester;
  const onEnd = countSubscription(context, identity);
  const { variablesFor, position, positionOf, isResumable } = subscription;
  // A client that resumes by an argument needs no acknowledged position.
  const subscriberId = isResumable ? undefined : requester.subscriberId;
  const open: ResumedOptions["open"] = (after, upstreamSink) => {
    const variables = variablesFor(after);
    const operation = { ...subscription, variables, identity, traceId, subscriberId };
    return subscribe(context.graph.upstreams, operation, upstreamSink);
  };
  return openOrdinaryStream(
    {
      subscribe: (upstreamSink) => openResumed({ open, position, positionOf }, upstreamSink),
      complete: subscription.complete,
      subscription: subscription.field,
      wantsAcknowledgements: subscriberId !== undefined,
      whenOver: whenOver(context, subscription, identity),
      traceId,
      onEnd,
    },
    sink,
  );
}

/** The feeds of one subscription, by share key. */
function sharedFeeds(
  { graph, metrics }: Options,
  feeds: Map<string, SharedFeed>,
  subscription: PlannedSubscription,
  sharing: Sharing,
  traceId: string,
): MemberOptions["feedOf"] {
  return (shareKey, position) => {
    const key = `${sharing.key} ${shareKey}`;
    const known = feeds.get(key);
    if (known) return known;
    const closed = metrics.feed();
    const feed = openFeed({
      position,
      subscription: subscription.field,
      open(after, sink) {
        const live: LiveMode = { mode: "feed", shareKey };
        const variables = subscription.variablesFor(after);
        const operation = { ...subscription, variables, identity: AUDIENCE, traceId, live };
        return subscribe(graph.feeds, operation, sink);
      },
      complete: sharing.complete,
      onEnd() {
        feeds.delete(key);
        closed();
      },
    });
    feeds.set(key, feed);
    return feed;
  };
}

interface Shared extends Pick<MemberOptions, "feedOf" | "complete"> {
  readonly subscription: PlannedSubscription;
}

function openShared(
  context: Context,
  { subscription, feedOf, complete }: Shared,
  requester: Requester,
  sink: ClientSink,
): () => void {
  const { identity, traceId } = requester;
  const onEnd = countSubscription(context, identity);
  return openMember(
    {
      viewerId: identity.kind === "viewer" ? identity.viewer.id : null,
      traceId,
      position: subscription.position,
      openControl(after, upstreamSink) {
        const live: LiveMode = { mode: "control" };
        const variables = subscription.variablesFor(after);
        const operation = { ...subscription, variables, identity, traceId, live };
        return subscribe(context.graph.upstreams, operation, upstreamSink);
      },
      feedOf,
      complete,
      openOrdinary: (to) => openOrdinary(context, subscription, requester, to),
      whenOver: whenOver(context, subscription, identity),
      onEnd,
    },
    sink,
  );
}

/** Calls back once, when the session of the viewer ends or the field leaves the graph. */
function whenOver(
  { tokens, graph }: Options,
  { running }: PlannedSubscription,
  identity: Identity,
) {
  return (onOver: (reason: GraphQLError) => void) => {
    const cancels = [tokens.whenOver(identity, over), graph.whenInvalid(running, over)];
    function cancel(): void {
      for (const each of cancels) each();
    }
    function over(reason: GraphQLError): void {
      cancel();
      onOver(reason);
    }
    return cancel;
  };
}

/**
 * Subscribes at the address that the subgraph has now. A subgraph that has left the graph gives a
 * broken subscription; `whenInvalid` ends the clients that need it.
 */
function subscribe(
  upstreams: ReadonlyMap<string, Upstream>,
  operation: UpstreamOperation & Pick<PlannedSubscription, "subgraph">,
  sink: UpstreamSink,
): UpstreamSubscription {
  const upstream = upstreams.get(operation.subgraph);
  return upstream ? upstream.subscribe(operation, sink) : brokenOperation(sink);
}
