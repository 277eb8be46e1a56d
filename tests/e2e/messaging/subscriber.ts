// A subscriber as clients write them: graphql-ws with its own retries and old variables, in a page
// that may hang, behind a line that may break.
import { type Client, createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { newId } from "../../../kit/data/id.ts";
import { startLine } from "../../kit/line.ts";
import { graphqlUrl } from "../../kit/stack.ts";
import type { InboxEvent, Position } from "./inbox-harness.ts";

const INBOX = `subscription($after: [StreamPositionInput!]) {
  inboxEvents(after: $after) {
    __typename streamId seq prevSeq ... on InboxOpened { positions { streamId seq } } } }`;

export interface Subscriber {
  /** All events in the order in which its code took them, repeats among them. */
  readonly events: readonly InboxEvent[];
  silence(): void;
  /** Cuts the line; from then on it leads to a router, 0 or 1. */
  cut(router: number): void;
  /** Messages arrive at the page, and none of its code runs. */
  hang(): void;
  /** The page runs again, with what has arrived. */
  wake(): void;
  stop(): Promise<void>;
}

interface SubscriberOptions {
  readonly token: string;
  /** What its client says each time that it subscribes. */
  readonly after?: readonly Position[];
  /** The line answers the router's pings, so that marks move before anything arrives. */
  readonly isAnsweringPings?: boolean;
}

/** Starts a subscriber with an id of its own, which goes on whatever happens to its line. */
export async function startSubscriber(options: SubscriberOptions): Promise<Subscriber> {
  const { token, after, isAnsweringPings = false } = options;
  const line = await startLine({ routerUrl: graphqlUrl(0), isAnsweringPings });
  const page = createPage();
  const client = createClient({
    url: line.url,
    connectionParams: { authorization: `Bearer ${token}`, subscriberId: newId() },
    webSocketImpl: page.WebSocket,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 5)),
    lazy: true,
  });
  const events: InboxEvent[] = [];
  watch(client, after, events);
  return {
    events,
    silence: line.silence,
    cut: (router) => line.cut(graphqlUrl(router)),
    hang: page.hang,
    wake: page.wake,
    async stop() {
      page.wake();
      await client.dispose();
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

/** Where the code of a page runs, in order, or waits. */
function createPage() {
  let waiting: (() => void)[] | null = null;
  const run = (code: () => void) => {
    if (waiting) waiting.push(code);
    else code();
  };
  class PageSocket extends WebSocket {
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
  };
}
