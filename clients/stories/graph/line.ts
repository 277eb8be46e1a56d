// The line of a story: in place of the browser's `fetch` and `WebSocket`, which the app's client
// takes when it is made. So this must be imported before any part of the app.
import type { Graph } from "./answers.ts";
import { type Asked, operationOf } from "./execute.ts";
import { rootOf } from "./session.ts";

let graph: Graph = {};

/** From now on, this is answered. */
export function answerWith(next: Graph): void {
  graph = next;
}

const browserFetch = window.fetch.bind(window);
const PATH = /^\/(?:graphql|session)$/;

window.fetch = async (input, init) => {
  const { pathname } = new URL(input instanceof Request ? input.url : input, location.href);
  if (!PATH.test(pathname)) return browserFetch(input, init);
  const isSession = pathname === "/session";
  // The person came before the network went.
  if (graph.isOffline && !isSession) throw new TypeError("A story without a network.");
  if (init?.method === "DELETE") return new Response(null, { status: 204 });
  const asked: Asked = JSON.parse(String(init?.body));
  const operation = operationOf(isSession ? withCookie(asked) : asked);
  return Response.json(await operation.run(rootOf(operation.kind, graph)));
};

/** The router takes the token from its cookie. */
function withCookie(asked: Asked): Asked {
  return { ...asked, variables: { input: { refreshToken: "", ...asked.variables?.input } } };
}

interface Frame {
  readonly type: string;
  readonly id?: string;
  readonly payload?: Asked;
}

/** As much of a socket as graphql-ws uses. */
class StorySocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;
  readonly protocol: string;
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: string }) => void) | null = null;
  onclose: ((event: object) => void) | null = null;
  onerror: ((error: unknown) => void) | null = null;

  constructor(_url: string, protocol: string) {
    super();
    this.protocol = protocol;
    // A line that is cut stays at the try.
    if (graph.isOffline) return;
    queueMicrotask(() => {
      this.readyState = 1;
      this.onopen?.();
    });
  }

  send(text: string): void {
    const { type, id = "", payload }: Frame = JSON.parse(text);
    if (type === "connection_init") this.#tell({ type: "connection_ack" });
    if (type === "ping") this.#tell({ type: "pong" });
    if (type === "subscribe" && payload) void this.#subscribe(id, payload);
  }

  close(code = 1000, reason = ""): void {
    this.readyState = 3;
    queueMicrotask(() => this.onclose?.({ code, reason, wasClean: true }));
  }

  async #subscribe(id: string, asked: Asked): Promise<void> {
    const operation = operationOf(asked);
    const events = graph.Subscription?.[operation.field] ?? OPENING[operation.field] ?? [];
    for (const event of events) {
      const payload = await operation.run({ [operation.field]: event });
      this.#tell({ type: "next", id, payload });
    }
  }

  #tell(frame: object): void {
    queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(frame) }));
  }
}

/** The first events of streams. */
const OPENING: Readonly<Record<string, readonly object[]>> = {
  inboxEvents: [
    {
      __typename: "InboxOpened",
      streamId: "stream",
      seq: 0,
      prevSeq: 0,
      createdAt: "2026-11-30T09:00:00.000Z",
      positions: [],
    },
  ],
};

Object.assign(window, { WebSocket: StorySocket });
