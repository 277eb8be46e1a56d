// A WebSocket to a subgraph's own port, as the router has one. Each operation has an identity, a
// live mode and a window.
import { ANONYMOUS, type Identity, type Viewer } from "../../kit/trust/identity.ts";
import { type Frame, openSocket, type Socket } from "./socket.ts";
import { stack } from "./stack.ts";
import { identityToken } from "./tokens.ts";

export interface SubscribeOptions {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Default: the identity of connection_init. */
  readonly identity?: Identity;
  /** The value of `extensions.live`. Without it the mode is the ordinary one. */
  readonly live?: unknown;
  readonly window?: number;
}

export interface SubgraphSocket extends Omit<Socket, "subscribe"> {
  subscribe(request: SubscribeOptions): Promise<string>;
  /** Reports that frames of an operation were consumed. */
  taken(id: string, count: number): void;
  /** Reports that the viewer joined the feed, so that an operation need replay nothing. */
  joined(id: string): void;
}

/** The payload of a frame of an operation. */
export interface Payload<Data = unknown> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string }[];
  readonly extensions?: { readonly live?: Readonly<Record<string, unknown>> };
}

export const AUDIENCE: Identity = { kind: "audience" };

/** The identity of a viewer whose token does not expire, unless `more` says otherwise. */
export function asViewer(id: string, more: Partial<Viewer> = {}): Identity {
  const scopes = ["messages:write", "verified"];
  const expiresAt = Number.MAX_SAFE_INTEGER;
  return { kind: "viewer", viewer: { id, sessionId: "", roles: [], scopes, expiresAt, ...more } };
}

/** The address of a replica of a subgraph of the stack. */
export function replicaUrl(subgraph: string, replica = 0): string {
  return stack().urls.subgraphs[subgraph]?.[replica] ?? "";
}

/** Connects to the subgraph at `url` and sends connection_init, anonymous as the router's. */
export async function connectToSubgraph(
  url: string,
  greetingAs: Identity = ANONYMOUS,
): Promise<SubgraphSocket> {
  const socket = await openSocket({ url: new URL("/graphql", url).href });
  socket.send({
    type: "connection_init",
    payload: { identity: await identityToken(greetingAs) },
  });
  const greeting = await socket.next();
  if (greeting.type !== "connection_ack")
    throw new Error(`expected connection_ack, got ${greeting.type}`);
  let lastId = 0;
  return {
    ...socket,
    async subscribe({ query, variables = {}, identity, live, window }) {
      lastId += 1;
      const id = String(lastId);
      const token = identity && (await identityToken(identity));
      const extensions = { identity: token, live, window };
      socket.send({ id, type: "subscribe", payload: { query, variables, extensions } });
      return id;
    },
    taken: (id, count) => socket.send({ type: "ping", payload: { taken: { [id]: count } } }),
    joined: (id) => socket.send({ type: "ping", payload: { joined: [id] } }),
  };
}

/** The payload of the next frame of an operation, which must be a `next`. */
export async function payloadOf<Data>(
  socket: Pick<Socket, "next">,
  id: string,
): Promise<Payload<Data>> {
  const frame: Frame = await socket.next(id);
  if (frame.type !== "next") throw new Error(`expected a next, got ${JSON.stringify(frame)}`);
  return frame.payload as Payload<Data>;
}
