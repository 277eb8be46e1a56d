// The two sides of this measurement: a thousand clients of one conversation behind our router,
// where every event has a field of another subgraph, and as many behind a bare server. Before the
// measurement each proves that it delivers every event to every client once.
import { Redis } from "ioredis";
import { newId } from "../../kit/data/id.ts";
import {
  makeConversation,
  SENDER_NAME,
  type Site,
  senderOf,
  startMeasured,
  tokensFor,
} from "../live/site.ts";
import { type Crowd, gather, numbered } from "./crowd.ts";
import type { Side } from "./rounds.ts";

const WATCH = `subscription Watch($conversationId: ID!, $after: Int) {
  conversationEvents(conversationId: $conversationId, after: $after) {
    ... on MessageSent { message { id body sender { displayName } } }
  }
}`;
const BODY = "See you at the meetup tonight? I keep a seat for you in the second row, left.";
const PROVED = 64;

const bodyOf = (number: number) => `${numbered(number)} ${BODY}`;

export async function ourSide(site: Site, size: number): Promise<Side> {
  const { id: conversationId, memberIds } = await makeConversation(site, size);
  const tokens = await tokensFor(site, memberIds);
  const query = { query: WATCH, variables: { conversationId, after: 0 } };
  // Each client has its own operation id.
  const wish = () => JSON.stringify({ id: newId(), type: "subscribe", payload: query });
  const crowd = await gather({
    name: "ours",
    url: new URL("/graphql", site.router.url).href,
    protocol: "graphql-transport-ws",
    greetings: tokens.map((token) => {
      const payload = { authorization: `Bearer ${token}` };
      const said = JSON.stringify({ type: "connection_init", payload });
      return { said, heard: '{"type":"connection_ack"}', wish: wish() };
    }),
  });
  const send = await senderOf(site);
  return {
    server: site.router,
    crowd,
    say: (number) => send(conversationId, bodyOf(number)),
    calls: () => callsOf(site, "users"),
    leave: crowd.leave,
  };
}

/** The router's own count of requests to a subgraph. */
async function callsOf({ router }: Site, subgraph: string): Promise<number> {
  const text = await (await fetch(new URL("/metrics", router.adminUrl))).text();
  const counts = text.matchAll(/^router_subgraph_call_duration_seconds_count\{(.*)\} (\d+)$/gm);
  return [...counts]
    .filter(([, labels = ""]) => labels.includes(`subgraph="${subgraph}"`))
    .reduce((sum, [, , count]) => sum + Number(count), 0);
}

/**
 * `frame` is one of our router's: the bare server sends frames of its size. Each message is first
 * stored in a conversation without watchers, so that both servers get the same rate of events.
 */
export async function bareSide(site: Site, size: number, frame: string): Promise<Side> {
  const { stack } = site;
  const { id: unwatchedId } = await makeConversation(site, 0);
  const send = await senderOf(site);
  const CHANNEL = `bench:${newId()}`;
  const server = await startMeasured("bare ws", "bench/live/bare", {
    env: { REDIS_URL: stack.urls.redis, CHANNEL },
  });
  const redis = new Redis(stack.urls.redis);
  const nobody = Array.from({ length: size }, () => null);
  const crowd = await gather({ name: server.name, url: server.url, greetings: nobody });
  return {
    server,
    crowd,
    async say(number) {
      await send(unwatchedId, bodyOf(number));
      await redis.publish(CHANNEL, frame.replace(/#\d{8}/, numbered(number)));
    },
    calls: async () => 0,
    leave() {
      crowd.leave();
      redis.disconnect();
    },
  };
}

interface Event {
  readonly payload: {
    readonly data: {
      readonly conversationEvents: {
        readonly message: {
          readonly body: string;
          readonly sender: { readonly displayName: string };
        };
      };
    };
    readonly errors?: unknown;
  };
}

/**
 * Throws unless all clients got the first events once, in the same order, without errors and with
 * the sender's name. Returns one of the frames, which all have the same size.
 */
export async function prove({ server, crowd, say }: Side): Promise<string> {
  // Numbers beyond those of a measurement. The first event alone shows that all clients are in.
  const numbers = Array.from({ length: PROVED }, (_, at) => 90_000_000 + at);
  for (const group of [numbers.slice(0, 1), numbers.slice(1)]) {
    const delivered = Promise.all(group.map((number) => crowd.delivered(number)));
    await Promise.all(group.map(say));
    await delivered;
  }
  const [first = []] = crowd.texts;
  const [frame = ""] = first;
  const withoutIds = (texts: readonly string[]) =>
    texts.join("\n").replace(/^\{"id":"[^"]*"/gm, "");
  const events = first.map((text) => JSON.parse(text) as Event);
  const bodies = events.map(({ payload: { data } }) => data.conversationEvents.message.body);
  const senders = events.map(
    ({ payload: { data } }) => data.conversationEvents.message.sender.displayName,
  );
  const isProved =
    crowd.texts.every((texts) => withoutIds(texts) === withoutIds(first)) &&
    [...bodies].sort().join("\n") === numbers.map(bodyOf).join("\n") &&
    senders.every((name) => name === SENDER_NAME) &&
    events.every(({ payload: { errors } }) => errors === undefined) &&
    first.every((text) => Buffer.byteLength(text) === Buffer.byteLength(frame));
  if (!isProved) throw new Error(`${server.name} did not deliver every event to every client once`);
  crowd.trust(Buffer.byteLength(frame));
  return frame;
}

export const sizeOf = (crowd: Crowd, frame: string) =>
  `${crowd.size} sockets, ${Buffer.byteLength(frame)} bytes a frame`;
