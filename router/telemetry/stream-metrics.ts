// The metrics of sockets, subscriptions and feeds. What is large in number is read at a scrape, or
// counted in a plain number: a frame for a thousand clients costs at most a thousand additions.
import { isErrorCode } from "#kit/errors";
import { counter, distribution, gauge, histogram, onScrape } from "#kit/telemetry/metrics";
import { tallies } from "#kit/telemetry/tally";

export interface OpenSocket {
  /** The bytes that wait for its client. */
  bufferedBytes(): number;
}

export interface OpenFeed {
  /** The clients that share it. */
  memberCount(): number;
}

/** Streams that the router opened again: all of them behind the position that they had reached. */
export type ReopenedStream = "feed" | "member" | "ordinary";

const sockets = new Set<OpenSocket>();
const feeds = new Set<OpenFeed>();
let framesSent = 0;

const opened = counter("router_sockets_total", "WebSockets that were opened.");
const closings = counter("router_socket_closings_total", "WebSockets by their close code.", [
  "code",
]);
const open = gauge("router_open_sockets", "WebSockets that are open now.");
const buffered = distribution(
  "router_socket_buffered_bytes",
  "bytes that wait for the client of a WebSocket.",
  [0, 1_024, 16_384, 65_536, 262_144, 1_048_576],
);
const members = distribution(
  "router_feed_members",
  "clients that share one feed.",
  [1, 2, 5, 10, 50, 100, 500, 1_000, 5_000],
);
const frames = counter("router_frames_sent_total", "Events of subscriptions sent to clients.");
const resumes = counter(
  "router_resumes_total",
  "Subscriptions that a client opened behind a position of its own.",
);
const reopenings = counter(
  "router_stream_reopenings_total",
  "Streams that were opened again because their subgraph went away.",
  ["stream"],
);
const ends = counter(
  "router_stream_ends_total",
  "Subscriptions by their end: an error code, complete, or cancelled by the client.",
  ["code"],
);
const lag = histogram(
  "router_delivery_lag_seconds",
  "Time from an entry's storage until its frame is written, once for all clients of a feed.",
  [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  ["subscription"],
);
for (const stream of ["feed", "member", "ordinary"]) reopenings.inc({ stream }, 0);
for (const code of ["complete", "cancelled", "RESYNC_REQUIRED"]) ends.inc({ code }, 0);

onScrape(() => {
  open.set(sockets.size);
  buffered.observeAll([...sockets].map((socket) => socket.bufferedBytes()));
  members.observeAll([...feeds].map((feed) => feed.memberCount()));
  frames.inc(framesSent);
  framesSent = 0;
});

/** Counts an open socket until the returned function is called with its close code. */
export function countSocket(socket: OpenSocket): (code: number) => void {
  sockets.add(socket);
  opened.inc();
  return (code) => {
    if (sockets.delete(socket)) closings.inc({ code: closeCodeOf(code) });
  };
}

/** Those of WebSocket and of graphql-transport-ws. A client may send any other. */
const CLOSE_CODES = [
  ...[1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1011, 1013],
  ...[4400, 4401, 4403, 4406, 4408, 4409, 4429, 4500],
];

function closeCodeOf(code: number): string {
  return CLOSE_CODES.includes(code) ? String(code) : "other";
}

/** Observes the members of an open feed until the returned function is called. */
export function watchFeed(feed: OpenFeed): () => void {
  feeds.add(feed);
  return () => void feeds.delete(feed);
}

export function countFrame(): void {
  framesSent += 1;
}

export function countResume(): void {
  resumes.inc();
}

export function countReopening(stream: ReopenedStream): void {
  reopenings.inc({ stream });
}

/** `code` is an error code, or how else the subscription ended. */
export function countStreamEnd(code: unknown): void {
  const isKnown = code === "complete" || code === "cancelled" || isErrorCode(code);
  ends.inc({ code: isKnown ? code : "other" });
}

/** One stream of entries, as far as the time of its frames is observed. */
export interface ObservedStream {
  /** The field of the schema, whatever the client called it. */
  readonly subscription: string;
  /** Entries that were stored before are a replay, which says nothing about the delay. */
  readonly openedAt: number;
}

/** Both times are in ms since the epoch; `storedAt` is undefined where nothing was stored. */
export function observeDelivery(
  { subscription, openedAt }: ObservedStream,
  storedAt: number | undefined,
  now: number = Date.now(),
): void {
  if (storedAt === undefined || storedAt < openedAt) return;
  const seconds = Math.max(0, now - storedAt) / 1_000;
  lag.observe({ subscription }, seconds);
  tallies.delivery(seconds);
}
