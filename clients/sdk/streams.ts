// Subscriptions that go on: behind the last event that the caller has received, through broken
// connections, ended tokens and restarts of the server.
import { pauseMs } from "./closings.ts";
import type { Connection, Ending, Result } from "./connection.ts";
import { graphErrorOf, isRetryable, type RawError, signedOutError } from "./errors.ts";
import type { Documents, Payload, SentOperation } from "./http.ts";
import type { Observable } from "./observable.ts";
import type { Operation } from "./operation.ts";
import { type Clock, sleep } from "./platform.ts";
import type { PositionedEvent, Positions } from "./positions.ts";
import type { SessionState } from "./session-state.ts";
import { onViewerGone } from "./viewers.ts";

export interface StreamSink<Event> {
  /**
   * Each event once and in order. An event counts as received when this returns. `errors` are those
   * of fields in it that could not be read.
   */
  next(event: Event, errors?: readonly RawError[]): void;
  /** Events are lost: read the state again, and open another stream. This one has ended. */
  resync?(): void;
  /** The stream has ended: nobody is signed in, or the router refuses it. */
  error?(error: unknown): void;
  /** The server has ended the stream, such as that of a conversation that the viewer left. */
  complete?(): void;
}

interface StreamOptions {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly clock: Clock;
  readonly random: () => number;
  readonly session: Observable<SessionState>;
}

type StreamOperation<Variables> = Operation<Readonly<Record<string, unknown>>, Variables>;

/** Opens streams. */
export type OpenStream = <Event extends PositionedEvent, Variables extends object>(
  operation: StreamOperation<Variables>,
  variables: Variables,
  positions: Positions,
  sink: StreamSink<Event>,
) => () => void;

/** The function returns how to close the stream. */
export function createOpenStream(options: StreamOptions): OpenStream {
  return (operation, variables, positions, sink) => {
    const stream = new Stream(options, { operation, variables, positions, sink: sink as Sink });
    stream.start();
    return () => stream.close();
  };
}

type Sink = StreamSink<PositionedEvent>;

interface Subject {
  readonly operation: SentOperation;
  readonly variables: object;
  readonly positions: Positions;
  readonly sink: Sink;
}

/** A fault of the server costs a stream nothing but time. */
const INTERNAL = "INTERNAL_SERVER_ERROR";

/** How one subscription of a stream ended. */
type Outcome =
  | Ending
  | { readonly kind: "again" | "resync" }
  | { readonly kind: "failed"; readonly error: unknown };

class Stream {
  readonly #options: StreamOptions;
  readonly #subject: Subject;
  #isClosed = false;
  /** Tries since the last event. */
  #attempts = 0;
  #stop = () => {};
  #stopWatching = () => {};
  #payload: Payload | null = null;

  constructor(options: StreamOptions, subject: Subject) {
    this.#options = options;
    this.#subject = subject;
  }

  start(): void {
    const { sink } = this.#subject;
    this.#stopWatching = onViewerGone(this.#options.session, () => {
      if (this.#isClosed) return;
      this.close();
      sink.error?.(signedOutError());
    });
    const isOver = () => {
      const wasClosed = this.#isClosed;
      this.#isClosed = true;
      this.#stopWatching();
      return wasClosed;
    };
    this.#run().then(isOver, (error) => {
      if (isOver()) return;
      if (error?.code === "RESYNC_REQUIRED" && sink.resync) sink.resync();
      else sink.error?.(error);
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#stopWatching();
    this.#stop();
  }

  async #run(): Promise<void> {
    const { sink } = this.#subject;
    const { connection, clock, random } = this.#options;
    while (!this.#isClosed) {
      await connection.ready();
      if (this.#isClosed) return;
      const outcome = await this.#subscribeOnce();
      if (this.#isClosed) return;
      if (outcome.kind === "complete") return sink.complete?.();
      if (outcome.kind === "resync") return sink.resync?.();
      if (outcome.kind === "failed") throw outcome.error;
      if (outcome.kind === "errors") await this.#recover(outcome.errors);
      if (outcome.kind === "again") await sleep(clock, pauseMs(this.#attempts, random));
      if (outcome.kind !== "lost") this.#attempts += 1;
    }
  }

  #subscribeOnce(): Promise<Outcome> {
    const { operation, variables, positions } = this.#subject;
    const { documents, connection } = this.#options;
    return new Promise((resolve) => {
      const payload = documents.payload(operation, { ...variables, ...positions.variables() });
      this.#payload = payload;
      let stop = () => {};
      const end = (outcome: Outcome) => {
        stop();
        resolve(outcome);
      };
      const receive = (result: Result) => {
        const outcome = this.#isClosed ? null : this.#deliver(result);
        if (outcome) end(outcome);
      };
      stop = connection.subscribe(payload, receive, resolve);
      this.#stop = stop;
    });
  }

  /** Gives the event to the caller. Returns an outcome when this subscription must end. */
  #deliver({ data, errors }: Result): Outcome | null {
    const { positions, sink } = this.#subject;
    const event = data && (Object.values(data)[0] as PositionedEvent | null | undefined);
    if (!event) return errors ? { kind: "errors", errors } : { kind: "again" };
    const verdict = positions.judge(event);
    if (verdict === "repeat") return null;
    if (verdict === "gap") return { kind: "again" };
    if (verdict === "resync") return { kind: "resync" };
    try {
      sink.next(event, errors);
    } catch (error) {
      return { kind: "failed", error };
    }
    positions.delivered(event);
    this.#attempts = 0;
    return null;
  }

  /** Prepares another try after an error. Throws when there is none. */
  async #recover(errors: readonly RawError[]): Promise<void> {
    const { documents, connection, clock, random } = this.#options;
    if (this.#payload && documents.isUnknown(this.#payload, errors)) return;
    const error = graphErrorOf(errors);
    if (!isRetryable(error) && error.code !== INTERNAL) throw error;
    const retryAfterMs = Number(errors[0]?.extensions?.retryAfterMs ?? 0);
    if (error.code === "CONFLICT") await connection.replace({ isNewSubscriber: true });
    // The router closes a socket that loses its token. The first time, wait for that.
    if (error.code === "UNAUTHENTICATED" && this.#attempts > 0) await connection.replace();
    await sleep(clock, retryAfterMs + pauseMs(this.#attempts, random));
  }
}
