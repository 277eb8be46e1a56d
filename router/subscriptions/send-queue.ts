// The events of one stream on their way to its client: in order, and no faster than it reads. Both
// the frames ahead of the network and the waiting payloads are bounded. It also ends the stream, in
// the same way for an ordinary stream and for a member of a feed.
import type {
  ExecutionResult,
  FormattedExecutionResult,
  GraphQLError,
  GraphQLFormattedError,
} from "graphql";
import { fail } from "#kit/errors";
import type { Span } from "#kit/telemetry/spans";
import { clientError } from "../errors/errors.ts";
import { countFrame, countStreamEnd } from "../telemetry/stream-metrics.ts";
import type { Acknowledgements } from "./acknowledgements.ts";

/** The network between the router and a client. */
export interface Network {
  /** True when it has taken everything that was sent. */
  isDrained(): boolean;
  /** Runs once, later: when the network has taken everything, or the connection is closed. */
  whenDrained(then: () => void): void;
}

/** The client's end of an operation. */
export interface ClientSink extends Network {
  /** Sends a payload, which is JSON: at once, or with the other frames of this turn. */
  next(payload: Buffer, isNow: boolean): void;
  /** Called once, last: with the errors that ended the stream, or null when it is complete. */
  end(errors: readonly GraphQLFormattedError[] | null): void;
  /** Only if the client has a `subscriberId`. */
  readonly acknowledgements?: Acknowledgements | undefined;
}

/** The options that an ordinary stream and a member of a feed have in common. */
export interface StreamOptions {
  readonly traceId: string;
  /** Completes one event of the subgraph. Never rejects. */
  complete(event: FormattedExecutionResult, span: Span | null): Promise<ExecutionResult>;
  /**
   * Calls back once, later, when the viewer may no longer subscribe: the session ended, or the
   * field left the graph. Returns how to cancel that.
   */
  whenOver(onOver: (reason: GraphQLError) => void): () => void;
  /** Runs once, when the source of the events is closed. */
  onEnd(): void;
}

/** The stream that fills a queue. */
export interface QueueOwner {
  readonly options: Pick<StreamOptions, "traceId">;
  /** Runs once, as soon as the queue accepts nothing more: closes the source of the events. */
  close(): void;
  /** Runs once, before the client gets the end: until then a session that ends drops what waits. */
  cancelWhenOver(): void;
}

/** JSON, or a function that makes it shortly before it is sent. It must not reject. */
export type Payload = Buffer | (() => Promise<Buffer>);

/** Payloads that wait for a client that is slower than its stream. */
const PENDING_MAX = 256;
/** Of those, how many are made at the same time. */
const MAKING_MAX = 8;
/** Frames that were sent and that the network has not taken yet. */
const AHEAD_MAX = 64;
/** The limit of their bytes, unless it is one frame. Far below the `bufferedBytes` of a socket. */
const AHEAD_BYTES_MAX = 64 * 1024;

interface Pending {
  /** Null while it is being made. */
  payload: Payload | null;
  readonly onSent: (() => void) | undefined;
}

export interface SendQueue {
  // Fields that every frame reads come first.
  state: "open" | "draining" | "over";
  pending: Pending[];
  isWaitingForDrain: boolean;
  /** Frames sent since the network was last seen drained. It is checked only if they are many. */
  ahead: number;
  aheadBytes: number;
  readonly sink: ClientSink;
  readonly owner: QueueOwner;
  /** The errors that end the stream once it is drained. */
  errors: readonly GraphQLFormattedError[] | null;
}

/** Shared and never changed, so that an idle queue has no array of its own. */
const NONE: Pending[] = [];

export function createSendQueue(sink: ClientSink, owner: QueueOwner): SendQueue {
  return {
    state: "open",
    pending: NONE,
    isWaitingForDrain: false,
    ahead: 0,
    aheadBytes: 0,
    sink,
    owner,
    errors: null,
  };
}

/**
 * Sends a payload behind all before it; at once if `isLast` says that none follows in this turn.
 * `onSent` runs when it is sent. False when too many wait, or the queue has ended: the payload is
 * not accepted.
 */
export function push(
  queue: SendQueue,
  payload: Payload,
  isLast: boolean,
  onSent?: () => void,
): boolean {
  const { state, pending } = queue;
  if (state !== "open" || pending.length >= PENDING_MAX) return false;
  if (pending.length === 0 && Buffer.isBuffer(payload) && hasRoom(queue, payload.length)) {
    send(queue, payload, isLast, onSent);
  } else {
    if (pending === NONE) queue.pending = [{ payload, onSent }];
    else pending.push({ payload, onSent });
    flush(queue);
  }
  return true;
}

/** Ends the stream behind the payloads that wait. Nothing more is accepted. */
export function end(queue: SendQueue, errors: readonly GraphQLError[] | null): void {
  if (queue.state !== "open") return;
  queue.state = "draining";
  countStreamEnd(errors ? errors[0]?.extensions.code : "complete");
  queue.errors = errors && clientErrors(queue, errors);
  queue.owner.close();
  flush(queue);
}

/** Ends the stream at once: payloads that wait are dropped. */
export function drop(queue: SendQueue, errors: readonly GraphQLError[] | null): void {
  if (queue.state === "over") return;
  if (queue.state === "open") countStreamEnd(errors ? errors[0]?.extensions.code : "cancelled");
  discard(queue);
  queue.sink.end(errors && clientErrors(queue, errors));
}

/** Ends the queue without an end for the client, which gets its events from another source. */
export function discard(queue: SendQueue): void {
  const { state, owner } = queue;
  queue.state = "over";
  queue.pending = NONE;
  if (state === "open") owner.close();
  if (state !== "over") owner.cancelWhenOver();
}

function clientErrors({ owner }: SendQueue, errors: readonly GraphQLError[]) {
  return errors.map((error) => clientError(error, owner.options.traceId).toJSON());
}

function hasRoom(queue: SendQueue, bytes: number): boolean {
  if (queue.isWaitingForDrain) return false;
  const { ahead, aheadBytes, sink } = queue;
  if (ahead < AHEAD_MAX && aheadBytes + bytes <= AHEAD_BYTES_MAX) return true;
  if (ahead > 0 && !sink.isDrained()) {
    queue.isWaitingForDrain = true;
    sink.whenDrained(() => {
      queue.isWaitingForDrain = false;
      flush(queue);
    });
    return false;
  }
  queue.ahead = 0;
  queue.aheadBytes = 0;
  return true;
}

function send(queue: SendQueue, payload: Buffer, isLast: boolean, onSent?: () => void): void {
  queue.ahead += 1;
  queue.aheadBytes += payload.length;
  queue.sink.next(payload, isLast);
  countFrame();
  onSent?.();
}

function flush(queue: SendQueue): void {
  while (queue.state !== "over") {
    const [first] = queue.pending;
    if (!Buffer.isBuffer(first?.payload) || !hasRoom(queue, first.payload.length)) break;
    queue.pending.shift();
    send(queue, first.payload, false, first.onSent);
  }
  for (const each of queue.pending.slice(0, MAKING_MAX)) make(queue, each);
  if (queue.state !== "draining" || queue.pending.length > 0) return;
  // The end, too, waits behind a frame that fills all room.
  if (!hasRoom(queue, 0)) return;
  discard(queue);
  queue.sink.end(queue.errors);
}

function make(queue: SendQueue, own: Pending): void {
  if (typeof own.payload !== "function") return;
  const made = own.payload();
  own.payload = null;
  void made.then((payload) => {
    own.payload = payload;
    flush(queue);
  });
}

/** The error that ends the stream of a client that falls behind. */
export function tooSlow(): GraphQLError {
  const message = "Events came faster than they were taken: resume behind the last one you have.";
  return fail("RESYNC_REQUIRED", message);
}

/** The error that ends a stream whose subgraph breaks the protocol, or cannot bring the rest. */
export function unreadable(): GraphQLError {
  return fail("SUBGRAPH_UNAVAILABLE", "The stream cannot be read: subscribe again.");
}
