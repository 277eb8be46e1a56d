// A test's own routers with shared streams of messaging, each in front of a replica that the test
// can cut off, and clients that watch a conversation there.
import { newId } from "../../../kit/data/id.ts";
import { type OwnRouter, startOwnRouter } from "../../kit/own-router.ts";
import { startProxy, type TcpProxy } from "../../kit/proxy.ts";
import { connect, type Frame, type Socket } from "../../kit/socket.ts";
import type { TokenHolder } from "../../kit/stories.ts";

export interface SharingRouter extends OwnRouter {
  /** Between the router and its replica of messaging. */
  readonly proxy: TcpProxy;
  /** The number of open feeds. */
  feeds(): Promise<number>;
}

/** Starts a router in front of the replica of messaging at `url`. */
export async function startSharingRouter(
  url: string,
  env: Readonly<Record<string, string>> = {},
): Promise<SharingRouter> {
  const proxy = await startProxy(url);
  const router = await startOwnRouter({
    SUBGRAPH_URL_MESSAGING: new URL("/graphql", proxy.url).href,
    ...env,
  });
  return {
    ...router,
    proxy,
    feeds: () => router.counted("router_open_feeds"),
    async stop() {
      await router.stop();
      await proxy.stop();
    },
  };
}

export const SEQ = `subscription($conversationId: ID!, $after: Int) {
  conversationEvents(conversationId: $conversationId, after: $after) { seq prevSeq } }`;

export interface Watcher {
  readonly socket: Socket;
  readonly id: string;
  /** The next event, as text. */
  event(): Promise<string>;
  /** The next frame of any type. */
  frame(): Promise<Frame>;
  close(): void;
}

export interface WatchOptions {
  readonly conversationId: string;
  readonly after?: number | null;
  readonly query?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Watches a conversation on its own socket, with a unique operation id. */
export async function watchAt(
  { url }: Pick<OwnRouter, "url">,
  { token }: Pick<TokenHolder, "token">,
  { conversationId, after, query = SEQ, variables = {}, extensions = {} }: WatchOptions,
): Promise<Watcher> {
  const socket = await connect({ url, as: token });
  const id = newId();
  const payload = { query, variables: { conversationId, after, ...variables }, extensions };
  socket.send({ id, type: "subscribe", payload });
  const frame = () => socket.next(id, 20_000);
  return {
    socket,
    id,
    frame,
    async event() {
      const next = await frame();
      if (next.type !== "next") throw new Error(`expected an event, got ${JSON.stringify(next)}`);
      return JSON.stringify(next.payload);
    },
    close: () => socket.close(),
  };
}

/** The seq of an event that {@link Watcher.event} gave. */
export function seqOf(event: string): number {
  return JSON.parse(event).data.conversationEvents.seq;
}

/** The seqs of the next events. */
export async function seqsOf(watcher: Watcher, count: number): Promise<number[]> {
  const seqs: number[] = [];
  while (seqs.length < count) seqs.push(seqOf(await watcher.event()));
  return seqs;
}
