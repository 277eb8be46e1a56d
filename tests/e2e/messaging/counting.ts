// Replicas of messaging over one database of a test's own, and random changes of groups there.
import fc from "fast-check";
import { systemClock } from "../../../kit/clock.ts";
import { createAdapter, createPool } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { recordErasure } from "../../../kit/erasures/store.ts";
import { createLive } from "../../../kit/live/live.ts";
import { createPubSub } from "../../../kit/live/pubsub.ts";
import { createSignals } from "../../../kit/live/signals.ts";
import { logReader } from "../../../kit/live/streams.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { requestContext } from "../../../kit/service/request.ts";
import { type Context, contextMaker } from "../../../subgraphs/messaging/context.ts";
import { createGroupConversation } from "../../../subgraphs/messaging/conversations/actions.ts";
import { erasingOfAccounts } from "../../../subgraphs/messaging/erasures/jobs.ts";
import { PrismaClient } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { clearHistory, hideMessage } from "../../../subgraphs/messaging/hiding/actions.ts";
import { addMembers, removeMember } from "../../../subgraphs/messaging/members/actions.ts";
import {
  deleteMessage,
  editMessage,
  sendMessage,
} from "../../../subgraphs/messaging/messages/actions.ts";
import { markRead } from "../../../subgraphs/messaging/reading/actions.ts";
import { markThreadRead } from "../../../subgraphs/messaging/threads/actions.ts";
import { type OwnDatabase, openOwnDatabase } from "../../kit/own-database.ts";
import { stack } from "../../kit/stack.ts";
import { messagingFiles } from "../../kit/stack-storage.ts";
import { insertKnownPeople } from "../../kit/stories.ts";

const log = createLog({ name: "counts-test", level: "error" });
const PEOPLE = 4;

/** One process of messaging. */
interface Replica {
  readonly database: PrismaClient;
  contextFor(personId: string): Context;
}

export interface CountedReplicas {
  readonly replicas: readonly [Replica, Replica];
  readonly own: OwnDatabase;
  close(): Promise<void>;
}

/** Two replicas with an empty database. */
export async function openCounted(): Promise<CountedReplicas> {
  const own = await openOwnDatabase("messaging");
  const closers: (() => Promise<unknown>)[] = [];
  const prefix = `counts-test-${newId()}`;
  const replicaOf = (): Replica => {
    const pool = createPool(own.url, log);
    const database = new PrismaClient({ adapter: createAdapter(pool) });
    const pubsub = createPubSub({ url: stack().urls.redis, prefix, log });
    const live = createLive({ logs: logReader(database), pubsub, log });
    const contextOf = contextMaker({
      database,
      live,
      signals: createSignals(pubsub),
      ...messagingFiles(),
      editMinutes: 0,
    });
    closers.push(async () => {
      live.close();
      await pubsub.close();
      await database.$disconnect();
      await pool.end();
    });
    return { database, contextFor: (id) => contextOf(requestOf(id)) };
  };
  const replicas = [replicaOf(), replicaOf()] as const;
  return {
    replicas,
    own,
    async close() {
      await Promise.all(closers.map((close) => close()));
      await own.drop();
    },
  };
}

function requestOf(id: string) {
  const scopes = ["messages:write", "verified"];
  const viewer = { id, sessionId: "", roles: [], scopes, expiresAt: Number.MAX_SAFE_INTEGER };
  return requestContext({ kind: "viewer", viewer }, "", log, systemClock);
}

export interface CountedGroup {
  readonly id: string;
  /** The first one owns the group, and is neither removed nor erased. */
  readonly people: readonly string[];
}

/** A group of four new people. */
export async function aCountedGroup({
  own,
  replicas: [first],
}: CountedReplicas): Promise<CountedGroup> {
  const people = Array.from({ length: PEOPLE }, () => newId());
  await insertKnownPeople(people, own.url);
  const [owner = "", ...memberIds] = people;
  // Strangers would only be invited.
  await first.database.match.createMany({
    data: memberIds.map((id) => {
      const [pairLow = "", pairHigh = ""] = [owner, id].sort();
      return { id: newId(), pairLow, pairHigh };
    }),
  });
  const made = await createGroupConversation(first.contextFor(owner), { title: "G", memberIds });
  if (made.kind !== "created") throw new Error(made.kind);
  return { id: made.conversationId, people };
}

const KINDS = [
  ...(["send", "send", "edit", "delete", "hide", "clear"] as const),
  ...(["read", "read", "remove", "add"] as const),
  ...(["reply", "reply", "readThread"] as const),
] as const;

/** A change by one of the four at one of the replicas; `of` chooses a message or a person. */
export const aChange = fc.record({
  kind: fc.constantFrom(...KINDS),
  by: fc.nat({ max: PEOPLE - 1 }),
  at: fc.nat({ max: 1 }),
  of: fc.nat({ max: 20 }),
});

export interface Change {
  readonly kind: (typeof KINDS)[number];
  readonly by: number;
  readonly at: number;
  readonly of: number;
}

/** Makes changes in a group at the same time. A refusal, such as of a removed person, is fine. */
export async function changeAtOnce(
  { replicas }: CountedReplicas,
  group: CountedGroup,
  changes: readonly Change[],
): Promise<void> {
  const [{ database }] = replicas;
  const messages = await database.message.findMany({ where: { conversationId: group.id } });
  const run = async ({ kind, by, at, of }: Change) => {
    const { contextFor } = replicas[at] ?? replicas[0];
    const context = contextFor(group.people[by] ?? "");
    const message = messages[of % Math.max(1, messages.length)];
    const messageId = message?.id ?? newId();
    const owner = contextFor(group.people[0] ?? "");
    const other = group.people[1 + (of % (PEOPLE - 1))] ?? "";
    switch (kind) {
      case "send":
        return sendMessage(context, {
          ...newMessage(),
          ...mentionsBy(group, { by, of }),
          conversationId: group.id,
        });
      case "reply":
        return sendMessage(context, {
          ...newMessage(),
          conversationId: group.id,
          threadRootId: message?.threadRootId ?? messageId,
        });
      case "readThread":
        return markThreadRead(context, message?.threadRootId ?? messageId, of);
      case "edit":
        return editMessage(contextFor(message?.senderId ?? ""), {
          messageId,
          body: `${TEXT} ${newId()}`,
          expectedVersion: null,
          ...mentionsBy(group, { by, of }),
        });
      case "delete":
        return message && deleteMessage(contextFor(message.senderId), messageId);
      case "hide":
        return hideMessage(context, messageId);
      case "clear":
        return of % 3 === 0 && clearHistory(context, group.id, of);
      case "read":
        return markRead(context, group.id, of);
      case "remove":
        return removeMember(owner, group.id, other);
      case "add":
        return addMembers(owner, group.id, [other]);
    }
  };
  await Promise.all(changes.map(run));
}

function newMessage() {
  return { clientMessageId: newId(), body: TEXT, replyToId: null };
}

const TEXT = "@a @b hello";

/** Some of the people, and now and then all: `of` chooses. Only the owner may mention all. */
function mentionsBy({ people }: CountedGroup, { by, of }: Pick<Change, "by" | "of">) {
  const named = [of, of >> 1].filter((at) => at % 3 !== 0).map((at) => people[at % PEOPLE] ?? "");
  const mentions = named.map((userId, at) => ({ userId, start: at * 3, length: 2 }));
  return { mentions, isMentioningAll: by === 0 && of % 5 === 0 };
}

/** Erases the account of a person. */
export async function erase({ replicas: [, { database }] }: CountedReplicas, userId: string) {
  const told = { userId, erasureId: newId() };
  await recordErasure(database, told);
  const job = { id: newId(), key: "", attempt: 1, signal: new AbortController().signal };
  await erasingOfAccounts(database).run({ ...job, payload: told, done: async () => {} });
}
