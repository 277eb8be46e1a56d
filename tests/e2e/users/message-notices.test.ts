// Messages reach the centre of notifications of people who are not looking: once for each
// conversation until they read it there, by name also where it is muted, and not their own.
import { expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { makeStrangers } from "../../kit/acquaintances.ts";
import { dataOf } from "../../kit/client.ts";
import { untilRows } from "../../kit/database.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { aGroup, mutate, send } from "../messaging/harness.ts";

interface Told {
  readonly kind: string;
  readonly text: string;
  readonly isRead: boolean;
  readonly conversation: { readonly id: string } | null;
}

async function listOf({ token }: Person): Promise<Told[]> {
  type Data = { notifications: { edges: { node: Told }[] } };
  const data = await dataOf<Data>(operation("Notifications"), {}, { as: token });
  return data.notifications.edges.map(({ node }) => node);
}

const untilTold = ({ id }: Person, kind: string, count: number) =>
  untilRows(
    "users",
    "select from notification where person_id = $1 and kind = $2::notification_kind",
    [id, kind],
    count,
  );

/** Behind the people's own accounts, of which other subgraphs hear. */
async function people(): Promise<[Person, Person]> {
  return [await aPerson("Ada Lovelace"), await aPerson("Grace Hopper")];
}

test("several messages are one notification, which is read with the conversation", async () => {
  const [ada, grace] = await people();
  const id = await aGroup(ada, [grace]);
  await send(ada, id, "one");
  await untilTold(grace, "MESSAGE", 1);
  await send(ada, id, "two");
  await send(ada, id, "three");
  const [told] = await listOf(grace);
  expect(told).toEqual(
    expect.objectContaining({
      kind: "MESSAGE",
      text: "Ada Lovelace has written in one of your groups.",
      isRead: false,
      conversation: expect.objectContaining({ id }),
    }),
  );
  await mutate("MarkRead", grace, { conversationId: id, seq: 3 });
  await untilRows(
    "users",
    "select from notification where person_id = $1 and read_at is not null",
    [grace.id],
    1,
  );
  await send(ada, id, "four");
  await untilTold(grace, "MESSAGE", 2);
  expect(await listOf(ada)).toEqual([]);
});

test("of a muted group only a mention of the person comes", async () => {
  const [ada, grace] = await people();
  const id = await aGroup(ada, [grace]);
  await mutate("MuteConversation", grace, { conversationId: id, isMuted: true });
  await send(ada, id, "nobody hears");
  const mentions = [{ userId: grace.id, start: 0, length: 6 }];
  await send(ada, id, "@Grace hears", { mentions });
  await untilTold(grace, "MENTIONED", 1);
  const told = await listOf(grace);
  expect(told.map(({ kind }) => kind)).toEqual(["MENTIONED"]);
  expect(told[0]?.text).toBe("Ada Lovelace has mentioned you in a group.");
});

test("a stranger's first message is one notification, and of a blocked person there is none", async () => {
  const [ada, grace] = await people();
  await makeStrangers([ada, grace]);
  const { conversation } = (await mutate("OpenDirectConversation", ada, {
    userId: grace.id,
  })) as unknown as { conversation: { id: string } };
  await send(ada, conversation.id, "Hello");
  await untilTold(grace, "CONVERSATION_REQUESTED", 1);
  const told = await listOf(grace);
  expect(told.map(({ kind, text }) => [kind, text])).toEqual([
    ["CONVERSATION_REQUESTED", "Ada Lovelace would like to talk with you."],
  ]);
});
