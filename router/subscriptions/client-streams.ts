// Opens the stream of a planned subscription for one viewer: one of their own, or their part of one
// that many share.
import type { GraphQLError } from "graphql";
import { AUDIENCE, type Identity } from "#kit/trust/identity";
import { RefusedError } from "../errors/errors.ts";
import type { PlannedSubscription, Sharing } from "../execution/subscription.ts";
import type { Graph } from "../graph/graph.ts";
import type { Limits } from "../limits/limits.ts";
import type { EndedSessions } from "../sessions/ended.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { brokenOperation } from "../upstream/socket.ts";
import type {
  LiveMode,
  UpstreamSubscription as Source,
  Upstream,
  UpstreamOperation,
  UpstreamSink,
} from "../upstream/subscriptions.ts";
import { openFeed, type SharedFeed } from "./feed.ts";
import { openMember } from "./member.ts";
import type { MemberOptions } from "./membership.ts";
import type { ClientStream } from "./operations.ts";
import { openOrdinaryStream } from "./ordinary-stream.ts";
import { openResumed, type ResumedOptions } from "./resumed.ts";
import type { ClientSink } from "./send-queue.ts";
import {
  createSubscriptionLimit,
  type SubscriptionLimit,
  tooManySubscriptions,
} from "./subscription-limit.ts";

interface SourcesOptions {
  readonly graph: Pick<Graph, "upstreams" | "feeds" | "whenInvalid">;
  readonly ended: EndedSessions;
  readonly limits: Pick<Limits, "viewerSubscriptions">;
  readonly metrics: Metrics;
}

interface Sources extends SourcesOptions {
  readonly places: SubscriptionLimit;
}

/** For whom a stream is opened. */
interface For {
  readonly identity: Identity;
  readonly traceId: string;
  /** As the client named itself in its greeting. */
  readonly subscriberId: string | undefined;
}

export type OpenClientStream = (subscription: PlannedSubscription, whose: For) => ClientStream;

/** The streams of one router; what is shared is shared among all its clients. */
export function createClientStreams(given: SourcesOptions): OpenClientStream {
  const options = { ...given, places: createSubscriptionLimit(given.limits.viewerSubscriptions) };
  const feeds = new Map<string, SharedFeed>();
  return (subscription, whose) => {
    const { sharing } = subscription;
    if (!sharing) {
      return { open: (listener) => tellOrdinary(options, subscription, whose, listener) };
    }
    const feedOf = sharedFeeds(options, feeds, subscription, sharing, whose.traceId);
    const shared = { subscription, feedOf, complete: sharing.complete };
    return { open: (listener) => tellShared(options, shared, whose, listener) };
  };
}

/** Counts a stream until the returned function is called. Refused for who has too many. */
function counted({ places, limits, metrics }: Sources, identity: Identity): () => void {
  const giveBack = places.acquire(identity);
  if (!giveBack) {
    metrics.refusal("viewerSubscriptions");
    throw new RefusedError([tooManySubscriptions(limits.viewerSubscriptions).toJSON()]);
  }
  const closed = metrics.subscription();
  return () => {
    giveBack();
    closed();
  };
}

function tellOrdinary(
  options: Sources,
  subscription: PlannedSubscription,
  whose: For,
  listener: ClientSink,
): () => void {
  const { graph } = options;
  const { identity, traceId } = whose;
  const onEnd = counted(options, identity);
  const { variablesFor, position, positionOf, isResumable } = subscription;
  // What is resumed by an argument needs no marks.
  const subscriberId = isResumable ? undefined : whose.subscriberId;
  const open: ResumedOptions["open"] = (behind, sink) => {
    const variables = variablesFor(behind);
    const asked = { ...subscription, variables, identity, traceId, subscriberId };
    return begin(graph.upstreams, asked, sink);
  };
  return openOrdinaryStream(
    {
      subscribe: (sink) => openResumed({ open, position, positionOf }, sink),
      complete: subscription.complete,
      wantsReceipts: subscriberId !== undefined,
      whenOver: whenOver(options, subscription, identity),
      traceId,
      onEnd,
    },
    listener,
  );
}

/** The feeds of all who get equal answers, by the keys that the subgraph gave. */
function sharedFeeds(
  { graph, metrics }: SourcesOptions,
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
      open(behind, sink) {
        const live: LiveMode = { mode: "feed", shareKey };
        const variables = subscription.variablesFor(behind);
        const asked = { ...subscription, variables, identity: AUDIENCE, traceId, live };
        return begin(graph.feeds, asked, sink);
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

function tellShared(
  options: Sources,
  { subscription, feedOf, complete }: Shared,
  whose: For,
  listener: ClientSink,
): () => void {
  const { graph } = options;
  const { identity, traceId } = whose;
  const onEnd = counted(options, identity);
  return openMember(
    {
      viewerId: identity.kind === "viewer" ? identity.viewer.id : null,
      traceId,
      position: subscription.position,
      openControl(position, sink) {
        const live: LiveMode = { mode: "control" };
        const variables = subscription.variablesFor(position);
        const asked = { ...subscription, variables, identity, traceId, live };
        return begin(graph.upstreams, asked, sink);
      },
      feedOf,
      complete,
      openOrdinary: (to) => tellOrdinary(options, subscription, whose, to),
      whenOver: whenOver(options, subscription, identity),
      onEnd,
    },
    listener,
  );
}

/** Calls back once when the viewer is signed in no more, or the graph has no such subscription. */
function whenOver(
  { ended, graph }: SourcesOptions,
  { running }: PlannedSubscription,
  identity: Identity,
) {
  return (onOver: (reason: GraphQLError) => void) => {
    const calls = [ended.whenOver(identity, over), graph.whenInvalid(running, over)];
    function callOff(): void {
      for (const call of calls) call();
    }
    function over(reason: GraphQLError): void {
      callOff();
      onOver(reason);
    }
    return callOff;
  };
}

/**
 * Begins where the subgraph is now, which may be elsewhere than the last time. Without a subgraph
 * the stream breaks; the graph ends who needs one that there is no more.
 */
function begin(
  upstreams: ReadonlyMap<string, Upstream>,
  operation: UpstreamOperation & Pick<PlannedSubscription, "subgraph">,
  sink: UpstreamSink,
): Source {
  const upstream = upstreams.get(operation.subgraph);
  return upstream ? upstream.subscribe(operation, sink) : brokenOperation(sink);
}
