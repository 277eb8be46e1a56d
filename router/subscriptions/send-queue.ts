// What one client is told of one stream, in order, and no faster than it reads: some frames ahead
// of the network, some more that wait, of which a few are being completed, and no more than that.
import type { GraphQLError, GraphQLFormattedError } from "graphql";
import { fail } from "#kit/errors";
import type { Acknowledgements } from "./acknowledgements.ts";

/** The network between us and a client. */
export interface Network {
  /** True when it took all that was sent. */
  isDrained(): boolean;
  /** Runs once, later, when it took what was sent, or nobody is there any more to read it. */
  whenDrained(then: () => void): void;
}

/** The client at the other end of an operation. */
export interface ClientSink extends Network {
  /** Sends a payload, which is JSON: now, or with whatever else is said in this turn. */
  next(payload: Buffer, isNow: boolean): void;
  /** The last that it hears: why its stream ended, or null where it is complete. */
  end(errors: readonly GraphQLFormattedError[] | null): void;
  /** What the client has received, where it is a subscriber. */
  readonly acknowledgements?: Acknowledgements | undefined;
}

/** JSON, or how it is made when its turn is near, which must not fail. */
export type Payload = Buffer | (() => Promise<Buffer>);

/** Payloads that wait for a client that is slower than its stream. */
const WAITING_MAX = 256;
/** Of those, how many are made at the same time. */
const MAKING_MAX = 8;
/** Frames that were sent and not yet taken by the network. */
const AHEAD_MAX = 64;
/** Their bytes together, unless it is one; far below what a socket may let wait. */
const AHEAD_BYTES_MAX = 64 * 1024;

interface Waiting {
  /** Null while it is being made. */
  payload: Payload | null;
  readonly onSent: (() => void) | undefined;
}

export interface SendQueue {
  // What every frame looks at comes first.
  state: "open" | "ending" | "over";
  waiting: Waiting[];
  isHeldBack: boolean;
  /** Frames sent since the network was last seen clear, which is looked at when they are many. */
  ahead: number;
  /** Their bytes. */
  aheadBytes: number;
  readonly listener: ClientSink;
  /** What is told at the end. */
  errors: readonly GraphQLFormattedError[] | null;
  onEnd(): void;
}

/** What nothing is added to, so that an idle outlet has no array of its own. */
const NONE: Waiting[] = [];

/** An outlet for a client; `onEnd` runs before the client hears of the end. */
export function createSendQueue(listener: ClientSink, onEnd = () => {}): SendQueue {
  return {
    state: "open",
    waiting: NONE,
    isHeldBack: false,
    ahead: 0,
    aheadBytes: 0,
    listener,
    errors: null,
    onEnd,
  };
}

/**
 * Sends a payload behind all before it, now if it may be the last of this turn; `onSent` runs when
 * it is on its way. False when too much waits: it is not taken in.
 */
export function push(
  outlet: SendQueue,
  payload: Payload,
  isLast: boolean,
  onSent?: () => void,
): boolean {
  const { state, waiting } = outlet;
  if (state !== "open" || waiting.length >= WAITING_MAX) return false;
  if (waiting.length === 0 && Buffer.isBuffer(payload) && hasRoom(outlet, payload.length)) {
    send(outlet, payload, isLast, onSent);
  } else {
    if (waiting === NONE) outlet.waiting = [{ payload, onSent }];
    else waiting.push({ payload, onSent });
    flush(outlet);
  }
  return true;
}

/** Ends the stream behind what was pushed. Nothing is taken in any more. */
export function end(outlet: SendQueue, errors: readonly GraphQLFormattedError[] | null): void {
  if (outlet.state !== "open") return;
  outlet.state = "ending";
  outlet.errors = errors;
  flush(outlet);
}

/** Ends the stream at once: what waits is not sent. */
export function drop(outlet: SendQueue, errors: readonly GraphQLFormattedError[] | null): void {
  if (outlet.state === "over") return;
  outlet.state = "over";
  outlet.waiting = NONE;
  outlet.onEnd();
  outlet.listener.end(errors);
}

function hasRoom(outlet: SendQueue, bytes: number): boolean {
  if (outlet.isHeldBack) return false;
  const { ahead, aheadBytes, listener } = outlet;
  if (ahead < AHEAD_MAX && aheadBytes + bytes <= AHEAD_BYTES_MAX) return true;
  if (ahead > 0 && !listener.isDrained()) {
    outlet.isHeldBack = true;
    listener.whenDrained(() => {
      outlet.isHeldBack = false;
      flush(outlet);
    });
    return false;
  }
  outlet.ahead = 0;
  outlet.aheadBytes = 0;
  return true;
}

function send(outlet: SendQueue, payload: Buffer, isLast: boolean, onSent?: () => void): void {
  outlet.ahead += 1;
  outlet.aheadBytes += payload.length;
  outlet.listener.next(payload, isLast);
  onSent?.();
}

function flush(outlet: SendQueue): void {
  while (outlet.state !== "over") {
    const [first] = outlet.waiting;
    if (!Buffer.isBuffer(first?.payload) || !hasRoom(outlet, first.payload.length)) break;
    outlet.waiting.shift();
    send(outlet, first.payload, false, first.onSent);
  }
  for (const each of outlet.waiting.slice(0, MAKING_MAX)) make(outlet, each);
  if (outlet.state !== "ending" || outlet.waiting.length > 0) return;
  // Its end may not join what is too large.
  if (hasRoom(outlet, 0)) drop(outlet, outlet.errors);
}

function make(outlet: SendQueue, own: Waiting): void {
  if (typeof own.payload !== "function") return;
  const made = own.payload();
  own.payload = null;
  void made.then((payload) => {
    own.payload = payload;
    flush(outlet);
  });
}

/** Why a stream ends whose client falls behind. */
export function tooSlow(): GraphQLError {
  const message = "Events came faster than they were taken: resume behind the last one you have.";
  return fail("RESYNC_REQUIRED", message);
}

/** Why a stream ends whose subgraph says what nobody understands, or cannot say what is left. */
export function unreadable(): GraphQLError {
  return fail("SUBGRAPH_UNAVAILABLE", "The stream cannot be read: subscribe again.");
}
