// Sends and reads messages through the API, and checks the log in the database.
import { randomUUID } from "node:crypto";
import type pg from "pg";
import { expect } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import type { Socket } from "../../kit/socket.ts";
import type { TokenHolder } from "../../kit/stories.ts";

/** An operation without names of people, for people without an account. */
export function withoutNames(name: string): string {
  return operation(name).replaceAll(/(?:displayName|headline|isVerified|avatarUrl)\b/g, "");
}

/** The result of a mutation. Its other fields depend on its type. */
export interface Result {
  readonly __typename: string;
  readonly message?: SentMessage;
  readonly conversation?: { readonly id: string; readonly lastSeq: number } | null;
  readonly currentVersion?: number;
  readonly pinsMax?: number;
}

export interface SentMessage {
  readonly id: string;
  readonly seq: number;
  readonly body: string | null;
  readonly version: number;
  readonly deletedAt: string | null;
  readonly pinnedAt?: string | null;
  readonly reactions?: readonly Reaction[];
  readonly attachments?: readonly { readonly id: string; readonly state: string }[];
}

export interface Reaction {
  readonly emoji: string;
  readonly count: number;
  readonly isViewerAmong?: boolean;
}

/** Runs a mutation of messaging and returns its result, also a problem. */
export async function mutate(
  name: string,
  as: Pick<TokenHolder, "token">,
  input: Readonly<Record<string, unknown>>,
  router = 0,
): Promise<Result> {
  const data = await dataOf<Record<string, Result>>(
    operation(name),
    { input },
    { as: as.token, router },
  );
  const [result] = Object.values(data);
  if (!result) throw new Error(`${name} returned nothing`);
  return result;
}

/** The code of the error with which a mutation is refused. */
export async function codeOf(
  name: string,
  { token }: Pick<TokenHolder, "token">,
  input: Readonly<Record<string, unknown>>,
): Promise<string> {
  return (await refusalOf(operation(name), { input }, { as: token })).code;
}

/** A group with the first person as owner. */
export async function aGroup(
  owner: TokenHolder,
  others: readonly TokenHolder[],
  title = "Talk",
): Promise<string> {
  const memberIds = others.map((person) => person.id);
  const { conversation } = await mutate("CreateGroupConversation", owner, { title, memberIds });
  if (!conversation) throw new Error("no group was created");
  return conversation.id;
}

export interface SendOptions {
  readonly clientMessageId?: string;
  readonly replyToId?: string;
  readonly threadRootId?: string;
  readonly mentions?: readonly object[];
  readonly isMentioningAll?: boolean;
  readonly attachmentIds?: readonly string[];
}

/** Sends a message. The result has `message` if it was accepted. */
export async function send(
  sender: Pick<TokenHolder, "token">,
  conversationId: string,
  body: string,
  wish: SendOptions = {},
  router = 0,
): Promise<Result> {
  const clientMessageId = wish.clientMessageId ?? randomUUID();
  return mutate("SendMessage", sender, { ...wish, conversationId, body, clientMessageId }, router);
}

/** Sends a message, and throws if it is not accepted. */
export async function aMessage(
  sender: Pick<TokenHolder, "token">,
  conversationId: string,
  body = "hello",
  router = 0,
): Promise<SentMessage> {
  const { message } = await send(sender, conversationId, body, {}, router);
  if (!message) throw new Error("the message was not accepted");
  return message;
}

export interface Page {
  readonly id: string;
  readonly lastSeq: number;
  readonly readSeq: number;
  readonly unreadCount: number;
  readonly members: {
    readonly edges: readonly {
      readonly node: { readonly role: string; readonly user: { readonly id: string } };
    }[];
  };
  readonly messages: {
    readonly edges: readonly { readonly cursor: string; readonly node: SentMessage }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string | null;
      readonly endCursor: string | null;
    };
  };
}

/** A conversation as a member reads it. Null for everybody else. */
export async function read(
  reader: Pick<TokenHolder, "token">,
  id: string,
  paging: Readonly<Record<string, unknown>> = {},
  router = 0,
): Promise<Page | null> {
  const { conversation } = await dataOf<{ conversation: Page | null }>(
    withoutNames("ConversationPage"),
    { id, ...paging },
    { as: reader.token, router },
  );
  return conversation;
}

export interface LogRow {
  readonly seq: number;
  readonly type: string;
  readonly payload: {
    readonly messageId?: string;
    readonly added?: string[];
    readonly removed?: string[];
  };
}

/** Runs `work` on the database of messaging at `url`. Default: the stack's. */
function withMessaging<T>(work: (client: pg.Client) => Promise<T>, url?: string): Promise<T> {
  return withDatabase("messaging", work, url);
}

/** The log of a conversation, from its table. */
export async function logOf(conversationId: string, url?: string): Promise<LogRow[]> {
  return withMessaging(async (client) => {
    const { rows } = await client.query<LogRow>(
      "select seq, type, payload from stream_entry where stream_id = $1 order by seq",
      [`conversation:${conversationId}`],
    );
    return rows;
  }, url);
}

/** 1, 2, 3, … up to `last`. */
export const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

/** By the log, the number of messages that were accepted from a removed sender. */
export async function acceptedAfterRemoval(conversationId: string, url?: string): Promise<number> {
  const log = await logOf(conversationId, url);
  const senders = await withMessaging(async (client) => {
    const { rows } = await client.query<{ seq: number; sender: string }>(
      "select seq, sender_id as sender from message where conversation_id = $1",
      [conversationId],
    );
    return new Map(rows.map((row) => [row.seq, row.sender]));
  }, url);
  const out = new Set<string>();
  let accepted = 0;
  for (const { seq, type, payload } of log) {
    for (const person of payload.removed ?? []) out.add(person);
    for (const person of payload.added ?? []) out.delete(person);
    if (type === "messageSent" && out.has(senders.get(seq) ?? "")) accepted += 1;
  }
  return accepted;
}

/** The log, the head of its stream and the messages agree, without gaps. */
export async function expectConsistent(conversationId: string, url?: string): Promise<void> {
  const log = await logOf(conversationId, url);
  expect(log.map((entry) => entry.seq)).toEqual(upTo(log.length));
  const { head, messages } = await withMessaging(async (client) => {
    const stream = await client.query<{ head: number }>(
      "select last_seq as head from stream where id = $1",
      [`conversation:${conversationId}`],
    );
    const stored = await client.query<{ id: string; seq: number }>(
      "select id, seq from message where conversation_id = $1 order by seq",
      [conversationId],
    );
    return { head: stream.rows[0]?.head, messages: stored.rows };
  }, url);
  expect(head).toBe(log.length);
  const sent = log.filter((entry) => entry.type === "messageSent");
  expect(sent.map(({ seq, payload }) => ({ id: payload.messageId, seq }))).toEqual(messages);
}

export interface Event {
  readonly __typename: string;
  readonly seq: number;
  readonly prevSeq: number;
  readonly message?: (SentMessage & { readonly sender?: object }) | null;
  readonly addedUserIds?: readonly string[];
  readonly removedUserIds?: readonly string[];
}

export const WATCH = withoutNames("ConversationEvents");

/** Opens the stream of a conversation on a socket. */
export function watch(socket: Socket, conversationId: string, after?: number | null): string {
  return socket.subscribe(WATCH, { conversationId, after });
}

/** The next `count` events of a stream. */
export async function take(socket: Socket, id: string, count: number): Promise<Event[]> {
  const events: Event[] = [];
  while (events.length < count) {
    const { conversationEvents } = await socket.event<{ conversationEvents: Event }>(id);
    events.push(conversationEvents);
  }
  return events;
}
