// One client of a shared stream. A control stream of their own admits them and replays what they
// missed; from then on they get the frames of the feed that all share, by one position: what is not
// beyond it is dropped, what follows it is delivered, and anything else means to replay again.
import type { ExecutionResult, FormattedExecutionResult, GraphQLError } from "graphql";
import { z } from "zod";
import { clientError, fromFormatted } from "../errors.ts";
import { isOutage, type Feed as Source, type UpstreamSink } from "../upstream/subscriptions.ts";
import type { SharedFeed, SharedFrame } from "./feed.ts";
import { encoded } from "./messages.ts";
import * as outlets from "./outlet.ts";
import { type Listener, tooSlow, unreadable } from "./outlet.ts";
import { createRetries, type Retries } from "./retries.ts";

export interface MemberOptions {
  /** Null for who is no person. */
  readonly viewerId: string | null;
  readonly traceId: string;
  /** Opens the control stream: behind this position, or without one where the client asked. */
  openControl(position: number | undefined, sink: UpstreamSink): Source;
  /** The feed of all who were given this key. */
  feedOf(shareKey: string): SharedFeed;
  /** Completes a replayed event, for this viewer. Never rejects. */
  complete(event: FormattedExecutionResult): Promise<ExecutionResult>;
  /** Tells the stream as an ordinary one, which is never shared; returns how to cancel it. */
  tellOrdinary(listener: Listener): () => void;
  /** Calls back once, later, when the viewer is signed in no more; returns how to call that off. */
  whenOver(onOver: (reason: GraphQLError) => void): () => void;
  /** Runs once. */
  onEnd(): void;
}

type State = "replaying" | "live" | "over";

/** Where one member is. */
interface Membership {
  readonly options: MemberOptions;
  readonly listener: Listener;
  readonly outlet: outlets.Outlet;
  readonly retries: Retries;
  state: State;
  /** Of the last frame that was delivered. */
  position: number | undefined;
  /** Behind it they may see nothing. */
  last: number | undefined;
  lastTimer: NodeJS.Timeout | undefined;
  control: Source | null;
  /** Runs when the feed is open. */
  onceOpen(): void;
  leave(): void;
  callOff(): void;
  cancelOrdinary(): void;
}

const place = { position: z.number() };
const liveShape = z.union([
  z.object({ shareKey: z.null() }),
  z.object({ ...place, shareKey: z.string(), more: z.boolean() }),
  z.object({ ...place, last: z.literal(true) }),
  z.object({ ...place, previous: z.number() }),
]);
type Live = z.infer<typeof liveShape>;
type Mark = Extract<Live, { readonly more: boolean }>;

/** How long a feed may take to bring the last that somebody may see. */
const LAST_WITHIN_MS = 5_000;

/** Tells the stream to `listener`; returns how to cancel it. */
export function openMember(options: MemberOptions, listener: Listener): () => void {
  const member: Membership = {
    options,
    listener,
    outlet: outlets.createOutlet(listener),
    retries: createRetries(() => replay(member)),
    state: "replaying",
    position: undefined,
    last: undefined,
    lastTimer: undefined,
    control: null,
    onceOpen() {},
    leave() {},
    callOff() {},
    cancelOrdinary() {},
  };
  member.callOff = options.whenOver((reason) => drop(member, [reason]));
  replay(member);
  return () => {
    member.cancelOrdinary();
    drop(member, null);
  };
}

function close(member: Membership): void {
  member.state = "over";
  clearTimeout(member.lastTimer);
  member.retries.stop();
  member.callOff();
  member.control?.cancel();
  member.leave();
  member.options.onEnd();
}

/** Ends behind what was delivered. */
function end(member: Membership, errors: readonly GraphQLError[] | null): void {
  if (member.state === "over") return;
  close(member);
  outlets.end(member.outlet, errors && told(member, errors));
}

/** Ends at once: what waits is not delivered. */
function drop(member: Membership, errors: readonly GraphQLError[] | null): void {
  if (member.state === "over") return;
  close(member);
  outlets.drop(member.outlet, errors && told(member, errors));
}

function told({ options: { traceId } }: Membership, errors: readonly GraphQLError[]) {
  return errors.map((error) => clientError(error, traceId).toJSON());
}

function deliver(
  member: Membership,
  position: number,
  payload: outlets.Payload,
  onSent?: () => void,
): void {
  member.position = position;
  if (!outlets.push(member.outlet, payload, onSent)) end(member, [tooSlow()]);
  else if (member.last !== undefined && position >= member.last) end(member, null);
}

/** Opens a control stream behind what they have, in place of the one that there was. */
function replay(member: Membership): void {
  member.state = "replaying";
  member.control?.cancel();
  const control: Source = member.options.openControl(member.position, {
    event(event) {
      if (member.control === control) hearControl(member, event, control);
    },
    end(errors) {
      if (member.control === control) controlEnded(member, errors && fromFormatted(errors));
    },
  });
  member.control = control;
}

function hearControl(member: Membership, event: FormattedExecutionResult, control: Source): void {
  const { data: live } = liveShape.safeParse(event.extensions?.live);
  if (!live) drop(member, fromFormatted(event.errors ?? [unreadable().toJSON()]));
  else if (!("position" in live)) beOrdinary(member);
  else if ("previous" in live) hearReplayed(member, live.position, event, control);
  else if ("last" in live) beLast(member, live.position);
  else hearMark(member, live, control);
}

function hearReplayed(
  member: Membership,
  position: number,
  event: FormattedExecutionResult,
  control: Source,
): void {
  if (member.position !== undefined && position <= member.position) {
    control.taken();
    return;
  }
  const make = () => member.options.complete(event).then(encoded);
  deliver(member, position, make, () => control.taken());
}

/**
 * They are admitted so far. The replay goes on once the feed is open, so that it brings all that
 * the feed will not; behind it they go on with the feed.
 */
function hearMark(member: Membership, { position, shareKey, more }: Mark, control: Source): void {
  member.retries.reset();
  member.position ??= position;
  const feed = join(member, shareKey);
  if (!more) {
    member.state = "live";
    for (const frame of feed.ring) hear(member, frame);
    if (feed.position !== null) opened(member, feed.position);
  } else if (feed.position === null) member.onceOpen = () => control.taken(true);
  else control.taken(true);
}

/** Before the replay goes on: what is told meanwhile stands in the ring. */
function join(member: Membership, shareKey: string): SharedFeed {
  const feed = member.options.feedOf(shareKey);
  const own = {
    hear: (frame: SharedFrame) => hear(member, frame),
    opened: (at: number) => opened(member, at),
    lost: (errors: readonly GraphQLError[]) => drop(member, errors),
  };
  feed.join(own);
  member.leave();
  member.leave = () => feed.leave(own);
  return feed;
}

/** A frame of the feed. */
function hear(member: Membership, { position, previous, revoked, payload }: SharedFrame): void {
  const { state, options } = member;
  if (state !== "live" || member.position === undefined) return;
  const isOut =
    revoked.length > 0 && options.viewerId !== null && revoked.includes(options.viewerId);
  if (payload === null) {
    // They may be in again since: the subgraph judges, and says why where they are not.
    if (isOut && member.last === undefined) replay(member);
    return;
  }
  if (position <= member.position) return;
  if (previous !== member.position) {
    if (member.last === undefined) replay(member);
    else end(member, null);
    return;
  }
  if (isOut) member.last = position;
  deliver(member, position, payload);
}

/** The feed goes on behind `at`: what they do not have of what came before is in the log alone. */
function opened(member: Membership, at: number): void {
  member.onceOpen();
  member.onceOpen = () => {};
  const { state, position, last } = member;
  if (state === "live" && last === undefined && position !== undefined && at > position) {
    replay(member);
  }
}

/** They are out. The feed brings what is left of what they may see, where they do not have it. */
function beLast(member: Membership, at: number): void {
  member.last = at;
  if (member.position === undefined || member.position >= at) end(member, null);
  else member.lastTimer = setTimeout(() => end(member, null), LAST_WITHIN_MS);
}

function controlEnded(member: Membership, errors: readonly GraphQLError[] | null): void {
  member.control = null;
  if (errors === null) {
    if (member.last === undefined) end(member, null);
  } else if (member.position !== undefined && isOutage(errors)) {
    member.retries.again();
  } else drop(member, errors);
}

/** It is one viewer's own after all, and nothing of it was told yet. */
function beOrdinary(member: Membership): void {
  close(member);
  member.cancelOrdinary = member.options.tellOrdinary(member.listener);
}
