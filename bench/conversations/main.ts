// The memory of messaging for conversations: for idle ones, which only the database has, and for
// active ones, which two people each watch while messages come. Measured is what the process holds
// after a collection. Prints bytes of a conversation.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient } from "graphql-ws";
import pg from "pg";
import { WebSocket } from "ws";
import { newId } from "../../kit/data/id.ts";
import { createIdentityMint, type Identity } from "../../kit/trust/identity.ts";
import { importSigningKey } from "../../kit/trust/keys.ts";
import { createDatabases } from "../../local/databases.ts";
import { migrate } from "../../local/migrate.ts";
import { startPostgres } from "../../local/postgres.ts";
import { startRedis } from "../../local/redis.ts";
import { startMeasured } from "../live/site.ts";
import { createKeys, heldBy, type Measured, stop } from "../measured.ts";

const IDLE = 5_000;
const ACTIVE = 500;
const MESSAGES = 20;
const AT_ONCE = 50;
const PAGE = 100;
const BYTES_PER_KILOBYTE = 1_024;

const WATCH = `subscription Watch($conversationId: ID!) {
  conversationEvents(conversationId: $conversationId) { seq ... on MessageSent { message { id body } } }
}`;
const SEND = `mutation Send($input: SendMessageInput!) { sendMessage(input: $input) { __typename } }`;
const LIST = `query List($after: String) {
  conversations(first: ${PAGE}, after: $after) {
    edges { node { id unreadCount messages(last: 1) { edges { node { body } } } } }
    pageInfo { endCursor hasNextPage }
  }
}`;

type Mint = ReturnType<typeof createIdentityMint>;

function viewer(id: string): Identity {
  const scopes = ["messages:write", "verified"];
  const expiresAt = Date.now() + 3_600_000;
  return { kind: "viewer", viewer: { id, sessionId: newId(), roles: [], scopes, expiresAt } };
}

/** Asks messaging as a router does. */
async function query<Data>(
  { url }: Measured,
  identity: string,
  text: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Data> {
  const response = await fetch(new URL("/graphql", url), {
    method: "POST",
    headers: { "content-type": "application/json", "router-identity": identity },
    body: JSON.stringify({ query: text, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: unknown };
  if (!data || errors) throw new Error(JSON.stringify(errors ?? response.status));
  return data;
}

/** Stores groups of the two people. */
async function makeConversations(databaseUrl: string, people: readonly string[], count: number) {
  const ids = Array.from({ length: count }, newId);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const streams = `/* bench.conversations.streams */
    insert into stream (id) select 'conversation:' || id from unnest($1::uuid[]) as made(id)`;
  const conversations = `/* bench.conversations.make */
    insert into conversation (id, kind, title, created_at, activity_at)
    select id, 'GROUP', 'Bench', now(), now() from unnest($1::uuid[]) as made(id)`;
  const members = `/* bench.conversations.members */
    insert into member (conversation_id, user_id, role, joined_seq, joined_at, read_seq)
    select made.id, person.id, 'MEMBER', 0, now(), 0
    from unnest($1::uuid[]) as made(id), unnest($2::uuid[]) as person(id)`;
  await client.query(streams, [ids]);
  await client.query(conversations, [ids]);
  await client.query(members, [ids, people]);
  await client.end();
  return ids;
}

interface Page {
  readonly conversations: {
    readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
  };
}

/** Reads the whole list of a person, with the last message of each conversation. */
async function readAll(messaging: Measured, identity: string): Promise<void> {
  for (let after: string | null = null; ; ) {
    const { conversations }: Page = await query<Page>(messaging, identity, LIST, { after });
    if (!conversations.pageInfo.hasNextPage) return;
    after = conversations.pageInfo.endCursor;
  }
}

async function connect({ url }: Measured, mint: Mint, personId: string): Promise<Client> {
  const identity = await mint(viewer(personId));
  return createClient({
    url: new URL("/graphql", url).href.replace(/^http/, "ws"),
    webSocketImpl: WebSocket,
    lazy: false,
    connectionParams: { identity },
  });
}

/** Counts what a client receives of the conversations until `expected` events are there. */
function watchAll(client: Client, ids: readonly string[], expected: number): Promise<void> {
  let received = 0;
  return new Promise((resolve, reject) => {
    const sink = {
      next() {
        received += 1;
        if (received === expected) resolve();
      },
      error: reject,
      complete() {},
    };
    for (const conversationId of ids)
      client.subscribe({ query: WATCH, variables: { conversationId } }, sink);
  });
}

async function sendAll(messaging: Measured, identity: string, ids: readonly string[]) {
  for (let at = 0; at < ids.length * MESSAGES; at += AT_ONCE) {
    const sends = Array.from({ length: AT_ONCE }, (_, n) => {
      const input = {
        conversationId: ids[(at + n) % ids.length],
        clientMessageId: newId(),
        body: "See you at the meetup tonight?",
      };
      return query(messaging, identity, SEND, { input });
    });
    await Promise.all(sends);
  }
}

/** Prints the bytes that a conversation costs in each state. */
async function measure(messaging: Measured, mint: Mint, databaseUrl: string): Promise<void> {
  const people = [newId(), newId()] as const;
  const identity = await mint(viewer(people[0]));
  // The first requests compile code and open the pool.
  const warm = await makeConversations(databaseUrl, people, PAGE);
  await readAll(messaging, identity);
  await sendAll(messaging, identity, warm);
  const empty = await heldBy(messaging);

  const ids = await makeConversations(databaseUrl, people, IDLE);
  await readAll(messaging, identity);
  const idle = await heldBy(messaging);

  const active = ids.slice(0, ACTIVE);
  const clients = await Promise.all(people.map((id) => connect(messaging, mint, id)));
  const told = clients.map((client) => watchAll(client, active, ACTIVE * MESSAGES));
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  await sendAll(messaging, identity, active);
  await Promise.all(told);
  const watched = await heldBy(messaging);
  await Promise.all(clients.map((client) => client.dispose()));
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const after = await heldBy(messaging);

  const kilobytes = (bytes: number, count: number) =>
    `${(bytes / count / BYTES_PER_KILOBYTE).toFixed(2)} KB`;
  console.log(`empty: ${(empty / BYTES_PER_KILOBYTE / BYTES_PER_KILOBYTE).toFixed(1)} MB`);
  console.log(`an idle conversation, of ${IDLE}: ${kilobytes(idle - empty, IDLE)}`);
  console.log(
    `an active one, of ${ACTIVE} with two watchers: ${kilobytes(watched - idle, ACTIVE)}`,
  );
  console.log(`after it, of the same: ${kilobytes(after - idle, ACTIVE)}`);
}

const dataDir = await mkdtemp(join(tmpdir(), "meetinity-bench-"));
const postgres = await startPostgres({ dataDir: join(dataDir, "postgres"), isDurable: false });
const redis = await startRedis({ dataDir: join(dataDir, "redis") });
try {
  const { messaging: databaseUrl = "" } = await createDatabases(postgres.adminUrl, ["messaging"]);
  const directory = "subgraphs/messaging/prisma/migrations";
  await migrate({ name: "messaging", databaseUrl, directory });
  const { signingKey, keySet } = await createKeys();
  const env = {
    HOST: "127.0.0.1",
    PORT: "0",
    ADMIN_PORT: "0",
    LOG_LEVEL: "error",
    DATABASE_URL_MESSAGING: databaseUrl,
    REDIS_URL: redis.url,
    REDIS_PREFIX: "bench",
    IDENTITY_KEY_SET: JSON.stringify(keySet),
  };
  const messaging = await startMeasured("messaging", "subgraphs/messaging/main", { env });
  const mint = createIdentityMint(await importSigningKey(JSON.parse(signingKey)));
  await measure(messaging, mint, databaseUrl);
  await stop(messaging);
} finally {
  await redis.stop();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}
