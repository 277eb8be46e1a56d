// Watches a message at each step of its path: each watcher records the time when it sees an id.
// Times are milliseconds since the epoch, with fractions.
import { createClient } from "graphql-ws";
import { Redis } from "ioredis";
import { WebSocket } from "ws";
import { channelOf } from "../../kit/live/tails.ts";
import { createIdentityMint } from "../../kit/trust/identity.ts";
import { importSigningKey } from "../../kit/trust/keys.ts";
import type { Stack } from "../../local/stack.ts";
import { conversationStream } from "../../subgraphs/messaging/streams.ts";

export type Sightings = ReadonlyMap<string, number>;

export const now = () => performance.timeOrigin + performance.now();

const PLAIN = `subscription Plain($conversationId: ID!) {
  conversationEvents(conversationId: $conversationId) {
    ... on MessageSent { message { clientMessageId body } }
  }
}`;
const JOINED = PLAIN.replace("body", "body sender { id displayName headline }");

export interface Watcher {
  readonly seen: Sightings;
  close(): void;
}

/** By the sender's client id, but for Redis, where it is the message's. */
export interface Steps {
  readonly wakeUps: Watcher;
  readonly subgraph: Watcher;
  readonly router: Watcher;
}

interface Wish {
  /** The watchers' router. */
  readonly far: string;
  readonly person: { readonly accessToken: string; readonly viewer: { readonly id: string } };
  readonly conversationIds: readonly string[];
}

/** Watches what a client gets: events with their sender joined. */
export function watchFrames({ far, person, conversationIds }: Wish): Watcher {
  return watchEvents(far, paramsOf(person), JOINED, conversationIds);
}

/** Watches the steps before. Resolves when the one at Redis is subscribed. */
export async function watchSteps(stack: Stack, wish: Wish): Promise<Steps> {
  const { far, person, conversationIds } = wish;
  const identity = await identityOf(stack, person.viewer.id);
  const [, replica = ""] = stack.urls.subgraphs.messaging ?? [];
  return {
    subgraph: watchEvents(replica, { identity }, PLAIN, conversationIds),
    router: watchEvents(far, paramsOf(person), PLAIN, conversationIds),
    wakeUps: await watchWakeUps(stack, conversationIds),
  };
}

function paramsOf({ accessToken }: Wish["person"]) {
  return { authorization: `Bearer ${accessToken}` };
}

/** An identity token of the person, as from the router. */
async function identityOf(stack: Stack, id: string): Promise<string> {
  const key = await importSigningKey(JSON.parse(stack.keys.IDENTITY_SIGNING_KEY));
  const expiresAt = Date.now() + 600_000;
  const viewer = { id, sessionId: id, roles: [], scopes: [], expiresAt };
  return createIdentityMint(key)({ kind: "viewer", viewer });
}

interface Data extends Record<string, unknown> {
  readonly conversationEvents: { readonly message?: { readonly clientMessageId: string } | null };
}

function watchEvents(
  url: string,
  connectionParams: Record<string, unknown>,
  query: string,
  conversationIds: readonly string[],
): Watcher {
  const seen = new Map<string, number>();
  const client = createClient({
    url: new URL("/graphql", url).href.replace(/^http/, "ws"),
    webSocketImpl: WebSocket,
    connectionParams,
  });
  for (const conversationId of conversationIds) {
    const extensions = { identity: connectionParams.identity };
    client.subscribe<Data>(
      { query, variables: { conversationId }, extensions },
      {
        next({ data, errors }) {
          const id = data?.conversationEvents.message?.clientMessageId;
          if (!id) throw new Error(`an event without its message: ${JSON.stringify(errors)}`);
          seen.set(id, now());
        },
        error(error) {
          throw new Error(`a stream ended: ${JSON.stringify(error)}`);
        },
        complete: () => {},
      },
    );
  }
  return { seen, close: () => void client.dispose() };
}

async function watchWakeUps(stack: Stack, conversationIds: readonly string[]): Promise<Watcher> {
  const seen = new Map<string, number>();
  const redis = new Redis(stack.urls.redis);
  const prefix = `${stack.redisPrefix}:messaging`;
  await redis.subscribe(
    ...conversationIds.map((id) => `${prefix}:${channelOf(conversationStream(id))}`),
  );
  redis.on("message", (_channel, text) => {
    const { payload } = JSON.parse(text) as { readonly payload: { readonly messageId: string } };
    seen.set(payload.messageId, now());
  });
  return { seen, close: () => redis.disconnect() };
}
