// However many messages race on two replicas, a message request has exactly one.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { makeStrangers } from "../../kit/acquaintances.ts";
import { withDatabase } from "../../kit/database.ts";
import { insertKnownPeople } from "../../kit/stories.ts";
import { expectConsistent, upTo } from "./harness.ts";
import { askReplica, type Deployment, openReplicas } from "./replicas.ts";

let deployment: Deployment;
beforeAll(async () => {
  deployment = await openReplicas(2);
}, 120_000);
afterAll(() => deployment.close());

const ROUNDS = 5;
const SENDS = 20;

/** Opens a conversation of two strangers, sends many messages at once, and counts the answers. */
async function race() {
  const { databaseUrl, replicas } = deployment;
  const [ada, bob] = [newId(), newId()];
  await insertKnownPeople([ada, bob], databaseUrl);
  await makeStrangers([{ id: ada }, { id: bob }], databaseUrl);
  const at = (index: number) => {
    const replica = replicas[index % replicas.length];
    if (!replica) throw new Error("there is no replica");
    return replica;
  };
  const opened = await askReplica(at(0), ada, ["OpenDirectConversation", { userId: bob }]);
  const id = opened.data?.openDirectConversation?.conversation?.id ?? "";
  const answers = await Promise.all(
    upTo(SENDS).map((n) => {
      const input = { conversationId: id, clientMessageId: randomUUID(), body: `message ${n}` };
      return askReplica(at(n), ada, ["SendMessage", input]);
    }),
  );
  const types = answers.map(({ data }) => data?.sendMessage?.__typename);
  const stored = await withDatabase(
    "messaging",
    async (client) => {
      const { rows } = await client.query<{ messages: number; told: number }>(
        `select (select count(*)::int from message where conversation_id = $1::uuid) as messages,
          (select count(*)::int from stream_entry where stream_id = 'person:' || $2
            and type = 'requestChanged') as told`,
        [id, bob],
      );
      return rows[0];
    },
    databaseUrl,
  );
  const count = (type: string) => types.filter((each) => each === type).length;
  const sent = count("SendMessageSuccess");
  return { id, sent, pending: count("MessageRequestPendingProblem"), ...stored };
}

test("of messages that race in a request, one is stored and the receiver is told once", async () => {
  for (const _ of upTo(ROUNDS)) {
    const { id, ...counted } = await race();
    expect(counted).toEqual({ sent: 1, pending: SENDS - 1, messages: 1, told: 1 });
    await expectConsistent(id, deployment.databaseUrl);
  }
});

test("without the guard of the function, all of them are stored", async () => {
  await withDatabase("messaging", unguard, deployment.databaseUrl);
  const { sent, messages } = await race();
  expect([sent, messages]).toEqual([SENDS, SENDS]);
});

interface Client {
  query(text: string): Promise<{ rows: { body: string }[] }>;
}

/** Takes the words out of `append_messages` that keep a request to one message. */
async function unguard(client: Client): Promise<void> {
  const { rows } = await client.query(
    "select pg_get_functiondef(oid) as body from pg_proc where proname = 'append_messages'",
  );
  const guarded = rows[0]?.body ?? "";
  const open = guarded
    .replace(`"alone"."is_asking" AND "alone"."has_asked"`, "false")
    .replace(`"nth" = 1 OR NOT "is_asking"`, "true");
  expect(open).not.toBe(guarded);
  await client.query(open);
}
