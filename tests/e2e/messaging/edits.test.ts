// Guarantees about edits: who sees earlier texts, until when a text can be changed, and what
// happens when two change it at once.
import { expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, logOf, mutate, type Result, upTo } from "./harness.ts";

interface Edits {
  readonly edges: readonly {
    readonly cursor: string;
    readonly node: { readonly version: number; readonly body: string };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean };
}

interface Edited {
  readonly body: string | null;
  readonly editableUntil: string | null;
  readonly edits: Edits | null;
}

async function historyOf(reader: TokenHolder, id: string, paging: object = {}) {
  const data = await dataOf<{ message: Edited | null }>(
    operation("MessageEdits"),
    { id, ...paging },
    { as: reader.token },
  );
  return data.message;
}

const textsOf = async (reader: TokenHolder, id: string, paging?: object) =>
  (await historyOf(reader, id, paging))?.edits?.edges.map(({ node }) => node.body) ?? null;

const edit = (as: TokenHolder, messageId: string, body: string, more: object = {}, router = 0) =>
  mutate("EditMessage", as, { messageId, body, ...more }, router);

const sql = (text: string, id: string) =>
  withDatabase("messaging", (client) => client.query(text, [id]));

test("every member reads the earlier texts, latest first and page by page", async () => {
  const [ada, bob, stranger] = await tokenHolders(3);
  const { id } = await aMessage(ada, await aGroup(ada, [bob]), "text 1");
  expect(await textsOf(bob, id)).toEqual([]);
  for (const at of upTo(4)) await edit(ada, id, `text ${at + 1}`);
  const first = await historyOf(bob, id, { first: 3 });
  expect(first?.body).toBe("text 5");
  expect(first?.edits?.edges.map(({ node }) => node)).toMatchObject([
    { version: 4, body: "text 4" },
    { version: 3, body: "text 3" },
    { version: 2, body: "text 2" },
  ]);
  expect(first?.edits?.pageInfo.hasNextPage).toBe(true);
  const after = first?.edits?.edges.at(-1)?.cursor;
  expect(await textsOf(bob, id, { first: 3, after })).toEqual(["text 1"]);
  expect(await historyOf(stranger, id)).toBeNull();
  await mutate("DeleteMessage", ada, { messageId: id });
  expect(await historyOf(bob, id)).toMatchObject({ editableUntil: null, edits: { edges: [] } });
});

test("the text of a message is never among its earlier texts while it is edited", async () => {
  const [ada, bob] = await tokenHolders(2);
  const { id } = await aMessage(ada, await aGroup(ada, [bob]), "text 1");
  let isEditing = true;
  const reading = Array.from({ length: 4 }, async () => {
    while (isEditing) {
      const message = await historyOf(bob, id);
      const earlier = message?.edits?.edges.map(({ node }) => node.body);
      expect(earlier).not.toContain(message?.body);
    }
  });
  for (const at of upTo(60)) await edit(ada, id, `text ${at + 1}`);
  isEditing = false;
  await Promise.all(reading);
});

test("where earlier texts are for owners and admins, others see those of their own", async () => {
  const [ada, bob, eve] = await tokenHolders(3);
  const group = await aGroup(ada, [bob, eve]);
  const { id } = await aMessage(bob, group, "slip");
  await edit(bob, id, "said with care");
  expect(await textsOf(eve, id)).toEqual(["slip"]);
  const setting = { conversationId: group, editHistory: "ADMINS" };
  expect(await mutate("UpdateConversation", ada, setting)).toMatchObject({ conversation: {} });
  const seen = await Promise.all([ada, bob, eve].map((reader) => textsOf(reader, id)));
  expect(seen).toEqual([["slip"], ["slip"], null]);
});

test("a text can be changed for a day, by the clock of the database", async () => {
  const [ada] = await tokenHolders(1);
  const group = await aGroup(ada, []);
  const { id } = await aMessage(ada, group, "old");
  const older = (seconds: number) =>
    sql(`update message set created_at = now() - interval '${seconds} seconds' where id = $1`, id);
  await older(86_400 - 60);
  expect(await edit(ada, id, "in time")).toMatchObject({ message: { body: "in time" } });
  await older(86_400 + 1);
  const late = (await edit(ada, id, "too late")) as Result & { readonly editableUntil: string };
  expect(late.__typename).toBe("EditWindowClosedProblem");
  expect(late.editableUntil).toBe((await historyOf(ada, id))?.editableUntil);
  expect(Date.parse(late.editableUntil)).toBeLessThan(Date.now());
  expect(await historyOf(ada, id)).toMatchObject({ body: "in time" });
  expect(await logOf(group)).toHaveLength(2);
});

test("of two edits at once that saw one version, the second gets the newer text", async () => {
  const [ada] = await tokenHolders(1);
  const { id } = await aMessage(ada, await aGroup(ada, []), "seen by both");
  const bodies = ["from the phone", "from the laptop"];
  const ended = await Promise.all(
    bodies.map((body, at) => edit(ada, id, body, { expectedVersion: 1 }, at)),
  );
  const won = ended.find(({ __typename }) => __typename === "EditMessageSuccess");
  const lost = ended.find(({ __typename }) => __typename === "StaleVersionProblem");
  expect(lost).toMatchObject({
    currentVersion: 2,
    message: { id, version: 2, body: won?.message?.body },
  });
  const other = bodies.find((body) => body !== won?.message?.body) ?? "";
  const chosen = await edit(ada, id, other, { expectedVersion: lost?.currentVersion });
  expect(chosen).toMatchObject({ message: { version: 3, body: other } });
  expect(await textsOf(ada, id)).toEqual([won?.message?.body, "seen by both"]);
});
