// The one socket of a client: opened when a stream needs it, closed when idle, replaced when it
// breaks or falls silent. It does not resume streams.
import { type Client, createClient } from "graphql-ws/client";
import { closeAction, pauseMs } from "./closings.ts";
import { type RawError, SocketClosedError, signedOutError } from "./errors.ts";
import type { Payload } from "./http.ts";
import { createObservable, type Observable } from "./observable.ts";
import { type Clock, newId, pauseFor } from "./platform.ts";
import type { Session } from "./session.ts";
import { withoutFatalErrors } from "./socket-class.ts";
import { onViewerGone } from "./viewers.ts";

/** `waiting`: the socket broke, and the next try is due after a pause. */
export type ConnectionState = "idle" | "connecting" | "open" | "waiting";

/** How one subscription ended. */
export type Ending =
  | { readonly kind: "complete" }
  /** The router refused or ended this subscription; the socket stays. */
  | { readonly kind: "errors"; readonly errors: readonly RawError[] }
  /** The socket broke. `ready` waits as long as it should. */
  | { readonly kind: "lost" };

export interface Result {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly RawError[];
}

export interface ConnectionOptions {
  readonly url: string;
  readonly session: Session;
  readonly webSocket: unknown;
  readonly clock: Clock;
  readonly random: () => number;
  readonly subscriberId: string;
  /** The socket closes when no stream has used it for so long. */
  readonly idleMs: number;
  /** How often the line is tested, and how long the answer may take. */
  readonly pingMs: number;
  readonly pongMs: number;
  /** How long connecting may take, up to the router's greeting. */
  readonly connectMs: number;
}

/** A connection that lived so long was a good one: pauses begin anew. */
const GOOD_MS = 10_000;
const NORMAL = 1000;
const BROKEN = 1006;

interface CloseEvent {
  readonly code: number;
  readonly reason: string;
}

export class Connection {
  readonly state: Observable<ConnectionState>;
  readonly #state = createObservable<ConnectionState>("idle");
  readonly #options: ConnectionOptions;
  readonly #client: Client;
  #subscriberId: string;
  #tokenInUse: string | null = null;
  /** Tries since the last good connection. */
  #attempts = 0;
  #connectedAt: number | null = null;
  #isLost = false;
  #pause: Promise<void> = Promise.resolve();
  #endPause = () => {};
  #failure: SocketClosedError | null = null;
  #cancelPong = () => {};
  #cancelConnect = () => {};

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#subscriberId = options.subscriberId;
    this.state = this.#state;
    onViewerGone(options.session, () => this.#abandon());
    this.#client = createClient({
      url: options.url.replace(/^http/, "ws"),
      webSocketImpl: withoutFatalErrors(options.webSocket),
      retryAttempts: 0,
      lazyCloseTimeout: options.idleMs,
      keepAlive: options.pingMs,
      connectionParams: () => this.#greeting(),
      on: {
        connecting: () => {
          this.#isLost = false;
          this.#state.set("connecting");
          // The library waits for ever where a line falls silent before the socket is open.
          const terminate = () => this.#client.terminate();
          this.#cancelConnect = options.clock.after(options.connectMs, terminate);
        },
        connected: () => {
          this.#cancelConnect();
          this.#connectedAt = options.clock.now();
          this.#state.set("open");
        },
        ping: (isReceived) => {
          if (!isReceived) this.#expectPong();
        },
        pong: (isReceived) => {
          if (isReceived) this.#cancelPong();
        },
        closed: (event) => this.#closed(event as CloseEvent),
      },
    });
  }

  /** The next subscription opens a socket of its own: this one is another person's. */
  #abandon(): void {
    const state = this.#state.getSnapshot();
    if (state !== "open" && state !== "connecting") return;
    this.#isLost = true;
    this.#cancelPong();
    this.#state.set("idle");
    this.#client.terminate();
  }

  /** Resolves when a subscription may be tried. Rejects when none can succeed. */
  async ready(): Promise<void> {
    const { session } = this.#options;
    for (;;) {
      if (this.#failure) throw this.#failure;
      const pause = this.#pause;
      try {
        await pause;
        if ((await session.accessToken()) === null) throw signedOutError();
        if (pause === this.#pause) return;
      } catch (error) {
        if (session.getSnapshot().status === "signedOut") throw error;
        // The session could not be renewed: as if the socket had broken.
        if (pause !== this.#pause) continue;
        this.#isLost = false;
        this.#lost({ code: BROKEN });
      }
    }
  }

  /** Runs a subscription on the socket. `onEnd` is called once, unless it is stopped before. */
  subscribe(
    payload: Payload,
    onResult: (result: Result) => void,
    onEnd: (ending: Ending) => void,
  ): () => void {
    let isOver = false;
    const end = (ending: Ending) => {
      if (isOver) return;
      isOver = true;
      onEnd(ending);
    };
    const stop = this.#client.subscribe<Result["data"]>(payload, {
      next(result) {
        if (!isOver) onResult(result as Result);
      },
      error: (error) => {
        if (isOver) return;
        if (Array.isArray(error)) return end({ kind: "errors", errors: error as RawError[] });
        this.#lost(error as Partial<CloseEvent>);
        end({ kind: "lost" });
      },
      complete: () => end({ kind: "complete" }),
    });
    return () => {
      isOver = true;
      stop();
    };
  }

  /** Opens another socket with a new token, or under another subscriber id. */
  async replace({ isNewSubscriber = false } = {}): Promise<void> {
    const rejected = this.#tokenInUse;
    if (isNewSubscriber) this.#subscriberId = newId();
    else if (rejected !== null) await this.#options.session.renew(rejected);
    if (this.#tokenInUse === rejected) this.#reopen();
  }

  /**
   * Connects at once: ends a pause, and replaces a socket that may be dead. A fault that ended it
   * is forgotten: a damaged line ends in the same codes.
   */
  wake(): void {
    this.#attempts = 0;
    if (this.#failure?.code !== NORMAL) this.#failure = null;
    this.#endPause();
    this.#reopen();
  }

  #reopen(): void {
    if (this.#state.getSnapshot() !== "open") return;
    // Not a failure, and so without a pause.
    this.#isLost = true;
    this.#state.set("waiting");
    this.#client.terminate();
  }

  /** Closes the socket. Streams that are open end. */
  async close(): Promise<void> {
    this.#failure ??= new SocketClosedError(NORMAL, "by the client");
    this.#cancelPong();
    // The library would wait for a connection that is on its way.
    if (this.#state.getSnapshot() === "connecting") this.#client.terminate();
    await this.#client.dispose();
  }

  async #greeting(): Promise<Record<string, unknown>> {
    this.#tokenInUse = await this.#options.session.accessToken();
    return { authorization: `Bearer ${this.#tokenInUse}`, subscriberId: this.#subscriberId };
  }

  #expectPong(): void {
    const { clock, pongMs } = this.#options;
    this.#cancelPong();
    this.#cancelPong = clock.after(pongMs, () => this.#client.terminate());
  }

  #closed(event: CloseEvent): void {
    this.#cancelPong();
    this.#cancelConnect();
    if (event.code === NORMAL) this.#state.set("idle");
    else this.#lost(event);
  }

  /** All streams of a socket hear of its end, in any order; the first one sets the pause. */
  #lost({ code = BROKEN, reason = "" }: Partial<CloseEvent>): void {
    if (this.#isLost || code === NORMAL) return;
    this.#isLost = true;
    this.#cancelPong();
    const { clock, random, session } = this.#options;
    const action = closeAction(code);
    if (action === "stop") {
      this.#failure = new SocketClosedError(code, reason);
      this.#state.set("idle");
      return;
    }
    const livedMs = this.#connectedAt === null ? 0 : clock.now() - this.#connectedAt;
    if (livedMs >= GOOD_MS) this.#attempts = 0;
    // A token ends every quarter of an hour: the first time there is nothing to wait for.
    const isPrompt = action === "renew" && this.#attempts === 0;
    const ms = isPrompt ? 0 : pauseMs(this.#attempts, random);
    const rejected = action === "renew" ? this.#tokenInUse : null;
    this.#attempts += 1;
    this.#connectedAt = null;
    this.#state.set("waiting");
    const { over, end } = pauseFor(clock, ms);
    this.#endPause = end;
    this.#pause = over.then(async () => {
      if (rejected !== null) await session.renew(rejected);
    });
    this.#pause.catch(() => {});
  }
}
