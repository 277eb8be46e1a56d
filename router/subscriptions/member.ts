// One client of a shared stream. A control stream of their own admits them, and replays what they
// missed where the feed that all share has not kept it; from then on they get the frames of the
// feed, by one position: what is not beyond it is dropped, what follows it is delivered, and
// anything else means to be admitted again.
import type { FormattedExecutionResult, GraphQLError } from "graphql";
import { fromFormatted } from "../errors/errors.ts";
import { isOutage, type UpstreamSubscription as Source } from "../upstream/subscriptions.ts";
import { type Checkpoint, readControlFrame } from "./control-frames.ts";
import { type FeedMember, RING_SIZE, type SharedFeed, type SharedFrame } from "./feed.ts";
import { close, deliver, drop, end, type MemberOptions, type Membership } from "./membership.ts";
import { encoded } from "./messages.ts";
import { createRetries } from "./retries.ts";
import { type ClientSink, createSendQueue, unreadable } from "./send-queue.ts";

/** How long a feed may take to bring the last that somebody may see. */
const LAST_WITHIN_MS = 5_000;

/** Tells the stream to `listener`; returns how to cancel it. */
export function openMember(options: MemberOptions, listener: ClientSink): () => void {
  const member: Membership = {
    state: "replaying",
    position: undefined,
    last: undefined,
    outlet: createSendQueue(listener),
    listener,
    options,
    retries: createRetries(() => replay(member)),
    admittedAt: 0,
    lastTimer: undefined,
    control: null,
    feed: null,
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

/** Opens a control stream behind what they have, in place of the one that there was. */
function replay(member: Membership): void {
  member.state = "replaying";
  member.retries.stop();
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
  const live = readControlFrame(event);
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
    control.consumed();
    return;
  }
  member.retries.reset();
  const make = () => member.options.complete(event).then(encoded);
  deliver(member, position, make, false, () => control.consumed());
}

/**
 * They are admitted so far. With the first mark they join the feed, and go on when that is open, so
 * that a replay brings all that the feed will not.
 */
function hearMark(member: Membership, mark: Checkpoint, control: Source): void {
  const { position, head, shareKey, more } = mark;
  member.position ??= position;
  if (head !== undefined) {
    member.admittedAt = head;
    // Who is far behind is replayed alone, and holds up nobody.
    const isFar = head - member.position > RING_SIZE;
    const feed = join(member, member.options.feedOf(shareKey, isFar ? head : member.position));
    member.state = "joining";
    if (feed.isOpen) begin(member);
  } else if (more) control.consumed(true);
  else if (!goOn(member)) replay(member);
}

function join(member: Membership, feed: SharedFeed): SharedFeed {
  if (member.feed === feed) return feed;
  const own = new Seat(member);
  feed.join(own);
  member.leave();
  member.leave = () => feed.leave(own);
  member.feed = feed;
  return feed;
}

// A class for the reason that a writer is one.
class Seat implements FeedMember {
  private readonly member: Membership;

  constructor(member: Membership) {
    this.member = member;
  }

  receive(frames: readonly SharedFrame[]): void {
    let left = frames.length;
    for (const frame of frames) {
      left -= 1;
      hear(this.member, frame, left === 0);
    }
  }

  opened(at: number): void {
    opened(this.member, at);
  }

  lost(errors: readonly GraphQLError[]): void {
    drop(this.member, errors);
  }
}

/** Has them replayed what the feed has not kept. */
function begin(member: Membership): void {
  if (goOn(member)) member.control?.joined();
  else {
    member.state = "replaying";
    member.control?.consumed(true);
  }
}

/** Goes on with the feed; false where that has not all that they lack. */
function goOn(member: Membership): boolean {
  const frames = member.feed?.framesAfter(member.position ?? 0);
  if (!frames) return false;
  member.state = "live";
  member.retries.reset();
  for (const frame of frames) hear(member, frame, false);
  return true;
}

/** A frame of the feed, which may be the last of a turn. */
function hear(member: Membership, frame: SharedFrame, isLast: boolean): void {
  const { position, previous, revoked, payload } = frame;
  const { state, options } = member;
  if (state !== "live" || member.position === undefined) return;
  const isNamed =
    revoked.length > 0 && options.viewerId !== null && revoked.includes(options.viewerId);
  if (payload === null) {
    // They may be in again since: the subgraph judges, and says why where they are not.
    if (isNamed && member.last === undefined) replay(member);
    return;
  }
  if (position <= member.position) return;
  if (previous === member.position) {
    if (isNamed && position > member.admittedAt) member.last = position;
    deliver(member, position, payload, isLast);
  } else catchUp(member);
}

/** The feed goes on behind `at`: what they do not have of what came before is in the log alone. */
function opened(member: Membership, at: number): void {
  if (member.state === "joining") begin(member);
  else if (member.state === "live" && at > (member.position ?? at)) catchUp(member);
}

/** What they lack is in the log, which a viewer who is out is not read: they are told to ask. */
function catchUp(member: Membership): void {
  if (member.last === undefined) replay(member);
  else end(member, [unreadable()]);
}

/** They are out. The feed brings what is left of what they may see, where they do not have it. */
function beLast(member: Membership, at: number): void {
  member.last = at;
  if (member.position === undefined || member.position >= at) end(member, null);
  else member.lastTimer = setTimeout(() => catchUp(member), LAST_WITHIN_MS);
}

function controlEnded(member: Membership, errors: readonly GraphQLError[] | null): void {
  const { options, position = options.position, retries } = member;
  member.control = null;
  if (errors && isOutage(errors) && (position ?? null) !== null && retries.again()) return;
  if (errors) drop(member, errors);
  else if (member.last === undefined) end(member, null);
}

/** It is one viewer's own after all, and nothing of it was told yet. */
function beOrdinary(member: Membership): void {
  close(member);
  member.cancelOrdinary = member.options.openOrdinary(member.listener);
}
