// The outcome of each operation in the direct conversation of Ada and Bob, from before the block.
import { newId } from "../../kit/data/id.ts";
import { operation } from "../../schema/operations.ts";
import { ask, dataOf } from "../kit/client.ts";
import { codeOf, connect } from "../kit/socket.ts";
import type { Person } from "../kit/stories.ts";

/** One of the two, and what they have of each other. */
export interface Side {
  readonly person: Person;
  readonly name: string;
  /** Two own messages in the direct conversation: one to edit, one to delete. */
  readonly messages: readonly [string, string];
  readonly direct: string;
  /** A group of both, and of people who type. */
  readonly group: string;
  /** An own group, without the other person. */
  readonly ownGroup: string;
  /** An own group, with the other person. */
  readonly owned: string;
  /** Codes of invites: by the other person, to a group of theirs, and to one where they are. */
  readonly invites: { readonly made: string; readonly owned: string; readonly shared: string };
  /** Events of the other person: with an own registration, and without one. */
  readonly registered: string;
  readonly open: string;
  /** An event where both are registered. */
  readonly shared: string;
  readonly suggestion: string;
  readonly typists: readonly Pick<Person, "token" | "id">[];
  /** The two of another pair, who are a match. */
  readonly matched: readonly [Person, Person];
}

/** Returns the outcome of an operation of one about the other. */
export type Story = (side: Side, other: Person) => Promise<string>;

export const seen = (isSeen: boolean) => (isSeen ? "seen" : "absent");

/** The outcome of an operation, in the words of the table. */
export async function attempt(name: string, { token }: Person, input: object): Promise<string> {
  type Data = Readonly<Record<string, { readonly __typename: string }>>;
  const { data, errors } = await ask<Data>(operation(name), { input }, { as: token });
  if (errors?.[0]) return inWords(errors[0].extensions.code);
  const [result] = Object.values(data ?? {});
  return result?.__typename.endsWith("Success") ? "done" : (result?.__typename ?? "nothing");
}

const inWords = (code: string) => (code === "NOT_FOUND" ? "not found" : code);

/** True if the answer contains a text. */
export async function holds(query: string, variables: object, { token }: Person, text: string) {
  return JSON.stringify(await dataOf(query, { ...variables }, { as: token })).includes(text);
}

/** The first frame of a subscription. */
async function opening(name: string, { person, direct }: Side): Promise<string> {
  const socket = await connect({ as: person.token });
  const id = socket.subscribe(operation(name), { conversationId: direct });
  const frame = await socket.next(id, 10_000).catch(() => null);
  socket.close();
  return frame?.type === "error" ? inWords(codeOf(frame) ?? "") : "open";
}

const inDirect =
  (name: string, inputOf: (side: Side) => object): Story =>
  (side) =>
    attempt(name, side.person, inputOf(side));

/** An operation that takes no more than the conversation. */
const ofConversation = (name: string) =>
  inDirect(name, ({ direct: conversationId }) => ({ conversationId }));

/** By the first column of the table, in its order. */
export const DIRECT_STORIES: Readonly<Record<string, Story>> = {
  "direct, from before: the messages": async ({ person, direct, messages }) =>
    seen(await holds(operation("ConversationPage"), { id: direct }, person, messages[0])),
  "direct, from before: `Conversation.sending`": async ({ person, direct }) => {
    type Data = { readonly conversation: { readonly sending: string } };
    const query = "query($id: ID!) { conversation(id: $id) { sending } }";
    const { conversation } = await dataOf<Data>(query, { id: direct }, { as: person.token });
    return conversation.sending;
  },
  "direct, from before: `sendMessage`": inDirect("SendMessage", ({ direct }) => ({
    conversationId: direct,
    clientMessageId: newId(),
    body: "hello",
  })),
  "direct, from before: `createAttachmentUpload`": inDirect("CreateAttachmentUpload", (side) => ({
    conversationId: side.direct,
    file: { contentType: "text/plain", bytes: 1, sha256: "0".repeat(64) },
  })),
  "direct, from before: `forwardMessage`, to it": inDirect("ForwardMessage", (side) => ({
    messageId: side.messages[0],
    conversationId: side.direct,
    clientMessageId: newId(),
  })),
  "direct, from before: `forwardMessage`, from it to an own group": inDirect(
    "ForwardMessage",
    ({ messages: [messageId], ownGroup }) => ({
      messageId,
      conversationId: ownGroup,
      clientMessageId: newId(),
    }),
  ),
  "direct, from before: `editMessage`, of an own message": inDirect(
    "EditMessage",
    ({ messages: [messageId] }) => ({
      messageId,
      body: "changed",
    }),
  ),
  "direct, from before: `deleteMessage`, of an own message": inDirect(
    "DeleteMessage",
    ({ messages: [, messageId] }) => ({
      messageId,
    }),
  ),
  "direct, from before: `addReaction`": inDirect("AddReaction", ({ messages: [messageId] }) => ({
    messageId,
    emoji: "👍",
  })),
  "direct, from before: `pinMessage`": inDirect("PinMessage", ({ messages: [messageId] }) => ({
    messageId,
  })),
  "direct, from before: `setTyping`": inDirect("SetTyping", ({ direct }) => ({
    conversationId: direct,
  })),
  "direct, from before: `markRead`": inDirect("MarkRead", ({ direct }) => ({
    conversationId: direct,
    seq: 1,
  })),
  "direct, from before: `markThreadRead`": inDirect(
    "MarkThreadRead",
    ({ messages: [messageId] }) => ({ messageId, seq: 1 }),
  ),
  "direct, from before: `answerMessageRequest`, again": inDirect(
    "AnswerMessageRequest",
    ({ direct: conversationId }) => ({ conversationId, answer: "ACCEPT" }),
  ),
  "direct, from before: `muteConversation`": ofConversation("MuteConversation"),
  "direct, from before: `archiveConversation`": ofConversation("ArchiveConversation"),
  "direct, from before: `markFavourite`": ofConversation("MarkFavourite"),
  "direct, from before: `markUnread`": ofConversation("MarkUnread"),
  "direct, from before: `hideConversation`": ofConversation("HideConversation"),
  "direct, from before: `saveDraft`": inDirect("SaveDraft", ({ direct }) => ({
    conversationId: direct,
    body: "hello",
    expectedVersion: 0,
  })),
  "direct, from before: `deleteMessageForMe`": inDirect(
    "DeleteMessageForMe",
    ({ messages: [messageId] }) => ({ messageId }),
  ),
  "direct, from before: `clearHistory`": ofConversation("ClearHistory"),
  "direct, from before: `conversationEvents`": (side) => opening("ConversationEvents", side),
  "direct, from before: `signals`": (side) => opening("Signals", side),
};
