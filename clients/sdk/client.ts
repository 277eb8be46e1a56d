// Puts the client together. One client is one tab or one installation.
import { Connection, type ConnectionOptions, type ConnectionState } from "./connection.ts";
import type { ConversationOptions } from "./conversation.ts";
import type { DraftsOptions } from "./drafts.ts";
import { createDocuments, createHttp, type HttpOptions } from "./http.ts";
import type { InboxOptions } from "./inbox.ts";
import { createKept, type Kept, type KeptOptions, NOTHING_KEPT } from "./kept.ts";
import { createNetwork, type NetworkState } from "./network.ts";
import type { Observable } from "./observable.ts";
import { Outbox, type OutboxOptions } from "./outbox.ts";
import {
  type Clock,
  type Fetch,
  type Lock,
  newId,
  type OpenChannel,
  systemChannel,
  systemClock,
  systemFetch,
  systemLock,
  systemWebSocket,
} from "./platform.ts";
import { ReadMarks, type ReadMarksOptions } from "./read-marks.ts";
import { triedOnce, withKept, withRetries } from "./reads.ts";
import { cookieTokens, type RefreshTokens, sessionUrl, storedTokens } from "./refresh-tokens.ts";
import {
  createRequest,
  createRun,
  type Reauthenticate,
  type Request,
  type Run,
  withReauthentication,
} from "./requests.ts";
import { Session } from "./session.ts";
import { createOpenStream, type OpenStream } from "./streams.ts";
import { type Streams, streamsOf } from "./subscriptions.ts";
import { createMemoryStore, type TextStore } from "./text-store.ts";

export interface ClientOptions {
  /** The router's `/graphql`, `http:` or `https:`. */
  readonly url: string;
  /**
   * Where the refresh token is. `cookie`: in an HttpOnly cookie of the router, for pages of the
   * router's own origin. Default: memory, so that a reload signs out.
   */
  readonly tokens?: TextStore | "cookie";
  /**
   * Where the device token is, by which the person's account knows this installation again. It is
   * kept when they sign out. Default: memory; with `cookie`, a cookie of the router.
   */
  readonly device?: TextStore;
  /** Shared by all clients that share `tokens`. Default: Web Locks, else a lock of this client. */
  readonly lock?: Lock;
  /** Of messages on their way, which survive a reload here. Default: memory. */
  readonly outbox?: TextStore;
  /** Of read marks that the server does not know yet. Default: memory. */
  readonly readMarks?: TextStore;
  /** Of what the viewer is writing, until the server knows it. Default: memory. */
  readonly drafts?: TextStore;
  /**
   * Of the person who is signed in, so that a page may open without a network. It has no secret.
   * Default: a page that opens does not know who is signed in until the server says it.
   */
  readonly lastViewer?: TextStore;
  /** Answers that are shown where the network is missing. Default: none. */
  readonly kept?: KeptOptions;
  /** Notifies the other tabs that share a store. Default: BroadcastChannel, where there is one. */
  readonly channel?: OpenChannel;
  /**
   * Lets the person authenticate again, by `Reauthenticate`, when a mutation needs that. It is then
   * sent once more. Default: `ReauthenticationRequiredProblem` is data, as any Problem.
   */
  readonly reauthenticate?: Reauthenticate;
  readonly fetch?: Fetch;
  readonly clock?: Clock;
  /**
   * The texts of @meetinity/client/texts, for routers that do not know our ids. Without them,
   * documents are sent by id alone.
   */
  readonly texts?: Readonly<Record<string, string>>;
  /** Default: 30 seconds. */
  readonly requestTimeoutMs?: number;
  /** A class with the interface of browsers' WebSocket. Node 20 has none: pass that of `ws`. */
  readonly webSocket?: unknown;
  /** The socket closes when no stream has used it for so long. Default: 10 seconds. */
  readonly idleMs?: number;
  /** How often a quiet line is tested. Default: 15 seconds. */
  readonly pingMs?: number;
  /** How long the answer to such a test may take. Default: 5 seconds. */
  readonly pongMs?: number;
  /** How long connecting may take. Default: 10 seconds. */
  readonly connectMs?: number;
  /** From 0 to 1, for pauses. Default: `Math.random`. */
  readonly random?: () => number;
}

/** For adapters of other libraries, such as @meetinity/client/apollo. */
export interface Transport {
  readonly request: Request;
  readonly open: OpenStream;
}

export interface Client {
  readonly session: Session;
  readonly run: Run;
  readonly streams: Streams;
  readonly transport: Transport;
  /** Messages on their way, of all conversations. */
  readonly outbox: Outbox;
  /** Whether the server can be reached. */
  readonly network: Observable<NetworkState>;
  /** Answers that are shown where the network is missing. */
  readonly kept: Kept;
  /** For `openConversation`, `openInbox` and `draftsOf`, which are loaded where they are used. */
  readonly parts: Omit<ConversationOptions, "conversationId" | "drafts"> &
    Omit<InboxOptions, "filter"> &
    DraftsOptions;
  /** Of the socket. `idle` while no stream is open. */
  readonly connection: Observable<ConnectionState>;
  /**
   * Tries at once what waits for the network, with a new socket. Call it when the network is back,
   * and when the app comes to the foreground: a device that slept has lost its socket silently.
   */
  wake(): void;
  /** Closes the socket and ends all streams. The session stays. */
  close(): Promise<void>;
}

/** Throws where an option is missing that the platform does not have. */
export function createClient(options: ClientOptions): Client {
  const { url, clock = systemClock, random = Math.random, lock = systemLock() } = options;
  if (!/^https?:\/\/./.test(url)) {
    throw new Error(`\`url\` must begin with http:// or https://, not be ${JSON.stringify(url)}.`);
  }
  const documents = createDocuments(options.texts);
  const openChannel = options.channel ?? systemChannel();
  const {
    fetch = systemFetch(),
    requestTimeoutMs: timeoutMs = 30_000,
    lastViewer = null,
  } = options;
  const http = { url, fetch, clock, documents, timeoutMs };
  const graph = createHttp(http);
  const tokens = tokensOf(options, http);
  const session = new Session({ http: graph, clock, ...tokens, lastViewer, lock, openChannel });
  const network = createNetwork();
  const line = { clock, random, network, timeoutMs };
  const kept = options.kept ? createKept({ ...options.kept, ...line, session }) : NOTHING_KEPT;
  const connection = connectionOf(options, { session, clock, random });
  const open = createOpenStream({ connection, documents, clock, random, session });
  const once = createRequest(graph, session, { kept, network });
  const reading = withKept(withRetries(once, line), { ...line, kept });
  const request = withReauthentication(reading, options.reauthenticate);
  const run = createRun(request);
  const shared = { run: triedOnce(run), session, clock, random };
  const { outbox, readMarks } = waitingIn(options, { ...shared, lock, openChannel });
  const waiting = [connection, outbox, readMarks];
  connection.state.subscribe(() => {
    if (connection.state.getSnapshot() !== "open") return;
    // The network is back.
    network.heard();
    for (const each of [outbox, readMarks]) each.wake();
  });
  const streams = streamsOf(open);
  const stored = { store: options.drafts ?? createMemoryStore(), lock, openChannel };
  const parts = { ...shared, ...stored, streams, outbox, readMarks, kept, network };
  return {
    ...{ session, run, streams, transport: { request, open }, outbox, network, kept, parts },
    connection: connection.state,
    wake() {
      for (const each of waiting) each.wake();
      void session.wake();
    },
    async close() {
      for (const each of [session, outbox, readMarks]) each.close();
      await connection.close();
    },
  };
}

/** Changes that wait for the network. They go with the person. */
function waitingIn(
  {
    outbox: unsent = createMemoryStore(),
    readMarks: unmarked = createMemoryStore(),
  }: ClientOptions,
  shared: Omit<OutboxOptions & ReadMarksOptions, "store">,
) {
  const outbox = new Outbox({ ...shared, store: unsent });
  const readMarks = new ReadMarks({ ...shared, store: unmarked });
  shared.session.onSignOut((viewerId) => {
    for (const each of [outbox, readMarks]) each.forget(viewerId);
  });
  return { outbox, readMarks };
}

type Wiring = Pick<ConnectionOptions, "session" | "clock" | "random">;

function connectionOf(options: ClientOptions, wiring: Wiring): Connection {
  return new Connection({
    ...wiring,
    url: options.url,
    webSocket: options.webSocket ?? systemWebSocket(),
    // One that was used before begins behind its marks, without an `InboxOpened` for the list.
    subscriberId: newId(),
    idleMs: options.idleMs ?? 10_000,
    pingMs: options.pingMs ?? 15_000,
    pongMs: options.pongMs ?? 5_000,
    connectMs: options.connectMs ?? 10_000,
  });
}

/** Where the tokens are that outlive the page. */
function tokensOf(
  { tokens = createMemoryStore(), device = createMemoryStore() }: ClientOptions,
  http: HttpOptions,
): { readonly refreshTokens: RefreshTokens; readonly deviceToken: TextStore | null } {
  if (tokens !== "cookie") {
    return { refreshTokens: storedTokens(createHttp(http), tokens), deviceToken: device };
  }
  const { url } = http;
  const withCookie = createHttp({ ...http, url: sessionUrl(url), hasCookie: true });
  return { refreshTokens: cookieTokens(withCookie, url), deviceToken: null };
}
