// A typical client: graphql-ws with its own retries and old variables, in a page that may hang,
// over a connection that may break.
import { type Client, createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { newId } from "../../../kit/data/id.ts";
import { graphqlUrl } from "../../kit/stack.ts";
import { startWebSocketProxy } from "../../kit/websocket-proxy.ts";
import type { InboxEvent, Position } from "./inbox-harness.ts";

const INBOX = `subscription($after: [StreamPositionInput!]) {
  inboxEvents(after: $after) {
    __typename streamId seq prevSeq ... on InboxOpened { positions { streamId seq } } } }`;

export interface Subscriber {
  /** All events in the order in which its code received them, repeats included. */
  readonly events: readonly InboxEvent[];
  silence(): void;
  /** Cuts the connection. New ones go to this router, 0 or 1. */
  cut(router: number): void;
  /** Messages arrive at the page, and none of its code runs. */
  hang(): void;
  /** The page runs again, with what has arrived. */
  wake(): void;
  /** Reloads the page: a new client with the same id, without the state of the old page. */
  reload(): void;
  stop(): Promise<void>;
}

interface SubscriberOptions {
  readonly token: string;
  /** The positions that its client sends with every subscribe. */
  readonly after?: readonly Position[];
  /** The proxy answers the router's pings, so that marks move before the client has the events. */
  readonly isAnsweringPings?: boolean;
}

/** Starts a subscriber with a new id. It goes on after every cut. */
export async function startSubscriber(options: SubscriberOptions): Promise<Subscriber> {
  const { token, after, isAnsweringPings = false } = options;
  const line = await startWebSocketProxy({ routerUrl: graphqlUrl(0), isAnsweringPings });
  const events: InboxEvent[] = [];
  const connectionParams = { authorization: `Bearer ${token}`, subscriberId: newId() };
  const load = () => {
    const page = createPage();
    const client = createClient({
      url: line.url,
      connectionParams,
      webSocketImpl: page.WebSocket,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: () => new Promise((resolve) => setTimeout(resolve, 5)),
      lazy: true,
    });
    watch(client, after, events);
    return { page, client };
  };
  let loaded = load();
  return {
    events,
    silence: line.silence,
    cut: (router) => line.cut(graphqlUrl(router)),
    hang: () => loaded.page.hang(),
    wake: () => loaded.page.wake(),
    reload() {
      loaded.page.leave();
      loaded = load();
    },
    async stop() {
      loaded.page.wake();
      // It rejects where the line was cut while the client connected: nothing is open then.
      await Promise.resolve(loaded.client.dispose()).catch(() => {});
      await line.stop();
    },
  };
}

function watch(client: Client, after: readonly Position[] | undefined, events: InboxEvent[]): void {
  client.subscribe<{ inboxEvents: InboxEvent }>(
    { query: INBOX, variables: { ...(after && { after }) } },
    {
      next({ data }) {
        if (data) events.push(data.inboxEvents);
      },
      error() {},
      complete() {},
    },
  );
}

/** A page: its code runs in order, waits while it hangs, and never runs after it was left. */
function createPage() {
  const sockets = new Set<WebSocket>();
  let waiting: (() => void)[] | null = null;
  let isLeft = false;
  const run = (code: () => void) => {
    if (isLeft) return;
    if (waiting) waiting.push(code);
    else code();
  };
  class PageSocket extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      sockets.add(this);
      // The client of a page that was left may still retry.
      if (isLeft) this.terminate();
    }

    override emit(name: string, ...args: unknown[]): boolean {
      run(() => super.emit(name, ...args));
      return true;
    }
  }
  return {
    WebSocket: PageSocket,
    hang() {
      waiting ??= [];
    },
    wake() {
      const due = waiting ?? [];
      waiting = null;
      for (const code of due) code();
    },
    /** As a browser does it: the sockets close, and no code of the page runs any more. */
    leave() {
      isLeft = true;
      for (const socket of sockets) socket.terminate();
    },
  };
}
