// Makes a person's conversations with one thing of every kind in them.
import { operation } from "../../../schema/operations.ts";
import { upload } from "../../e2e/messaging/attaching.ts";
import { aGroup, aMessage, mutate, send } from "../../e2e/messaging/harness.ts";
import { makeStrangers } from "../../kit/acquaintances.ts";
import { dataOf } from "../../kit/client.ts";
import { untilRows } from "../../kit/database.ts";
import { aPerson, type Person, type TokenHolder } from "../../kit/stories.ts";
import { beginGroupPicture } from "../../kit/uploads.ts";

const TEXT_FILE = { contents: Buffer.from("x"), contentType: "text/plain", fileName: "x.txt" };

/** A direct conversation with the friend, and a group with the colleague. */
export async function talksOf(owner: Person, friend: Person, colleague: Person) {
  const direct = await aDirect(owner, friend);
  const group = await aGroup(owner, [colleague], "Behind closed doors");
  const { id: message } = await aMessage(owner, group, "nobody else may read this");
  await send(colleague, group, "of course", { replyToId: message });
  await mutate("AddReaction", colleague, { messageId: message, emoji: "👍" });
  await mutate("PinMessage", owner, { messageId: message });
  const { id: invite } = await anInvite(owner, group);
  // Whoever sees the message could read it; unsent, it is the owner's alone.
  const attachment = await upload(owner, group, TEXT_FILE);
  const ready = "select from file where id = $1 and state = 'READY'";
  await untilRows("messaging", ready, [attachment], 1);
  const picture = await beginGroupPicture(owner, group, Buffer.from("x"));
  const pictured = { attachment, groupPictureUpload: picture.id };
  return { ...direct, group, message, invite, ...pictured };
}

interface MadeInvite {
  readonly id: string;
  readonly code: string;
}

/** A new invite to a group. */
export async function anInvite(
  { token }: Pick<Person, "token">,
  conversationId: string,
): Promise<MadeInvite> {
  type Data = { createInvite: { code: string; invite: { id: string } } };
  const input = { conversationId };
  const { createInvite } = await dataOf<Data>(operation("CreateInvite"), { input }, { as: token });
  return { id: createInvite.invite.id, code: createInvite.code };
}

/** The direct conversation of two people, with a message of the first. */
export async function aDirect(one: Person, other: TokenHolder) {
  const { conversation } = await mutate("OpenDirectConversation", one, { userId: other.id });
  if (!conversation) throw new Error("no conversation was opened");
  const { id: directMessage } = await aMessage(one, conversation.id, "between us");
  return { direct: conversation.id, directMessage };
}

/**
 * Gives a message of the friend, in a group of both, an earlier text, a mention and a thread, and
 * the friend a draft there, the rights of an admin, and a message request.
 */
export async function addTexts(messageId: string, conversationId: string, [owner, friend]: Pair) {
  const mentions = [{ userId: owner.id, start: 6, length: 3 }];
  await mutate("EditMessage", friend, { messageId, body: "hello you", mentions });
  await send(owner, conversationId, "in a thread", { threadRootId: messageId });
  await mutate("SaveDraft", friend, { conversationId, body: "not yet", expectedVersion: 0 });
  await mutate("SetMemberRole", owner, { conversationId, userId: friend.id, role: "ADMIN" });
  await aRequestTo(friend);
}

/** A message request of a stranger. */
export async function aRequestTo(person: TokenHolder): Promise<void> {
  const asker = await aPerson("Asker");
  await makeStrangers([asker]);
  await aDirect(asker, person);
}

type Pair = readonly [Person, Person];
