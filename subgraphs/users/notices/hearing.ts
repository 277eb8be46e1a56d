// Hears from other subgraphs of what concerns people. The owner of a fact says whom it concerns;
// here is what becomes of it.
import { z } from "zod";
import { systemClock } from "#kit/clock";
import { type Handler, handle } from "#kit/facts/effects";
import type { Transaction } from "../database.ts";
import { addNotices, type Notice, readConversation } from "./centre/actions.ts";
import { noticeKind } from "./kinds.ts";

const eventNotice = z.object({
  noticeId: z.string(),
  kind: noticeKind,
  personId: z.uuid(),
  registrationId: z.uuid(),
  eventId: z.uuid(),
  title: z.string(),
  timeZone: z.string(),
  startsAt: z.iso.datetime(),
  offerExpiresAt: z.iso.datetime().nullable(),
});

const matchCreated = z.object({
  matchId: z.uuid(),
  userIds: z.tuple([z.uuid(), z.uuid()]),
  createdAt: z.coerce.date(),
});

const MATCHES_MS = 7 * 86_400_000;

export const EVENT_NOTICES = [
  hear("events.notice.raised.v1", eventNotice, ({ noticeId, kind, personId, ...params }) => [
    { personId, kind, cause: `registration:${noticeId}`, params, otherId: null },
  ]),
];

export const MATCH_NOTICES = [
  hear("matching.match.created.v1", matchCreated, ({ matchId, userIds, createdAt }, now) => {
    // A snapshot has the matches of all times.
    if (createdAt.getTime() < now.getTime() - MATCHES_MS) return [];
    const [first, second] = userIds;
    const notice = { kind: "MATCHED", cause: `match:${matchId}`, params: { matchId } } as const;
    return [
      { ...notice, personId: first, otherId: second },
      { ...notice, personId: second, otherId: first },
    ];
  }),
];

const messageNotice = z.object({
  kind: z.enum(["MESSAGE", "MENTIONED", "CONVERSATION_REQUESTED"]),
  personId: z.uuid(),
  conversationId: z.uuid(),
  messageId: z.uuid(),
  seq: z.int(),
  actorId: z.uuid(),
  isGroup: z.boolean(),
});

const conversationRead = z.object({
  personId: z.uuid(),
  conversationId: z.uuid(),
  readSeq: z.int(),
});

export const MESSAGE_NOTICES = [
  hear("messaging.notice.raised.v1", messageNotice, (fact) => {
    const { personId, kind, messageId, conversationId, seq, isGroup, actorId } = fact;
    const params = { conversationId, messageId, seq, isGroup };
    return [{ personId, kind, cause: `${kind}:${messageId}`, params, otherId: actorId }];
  }),
  {
    ...handle(
      "messaging.conversation.read.v1",
      conversationRead,
      async (tx: Transaction, { personId, ...read }, _version, append) =>
        readConversation({ tx, append }, personId, read, systemClock()),
      async () => undefined,
    ),
    isAlone: true,
  },
];

/** Tells the people whom facts of a topic concern. A fact is told once, so it has no versions. */
function hear<State extends z.ZodType>(
  topic: string,
  state: State,
  noticesOf: (state: z.output<State>, now: Date) => Notice[],
): Handler<Transaction> {
  const heard = handle(
    topic,
    state,
    async (tx: Transaction, fact, _version, append) => {
      const now = systemClock();
      await addNotices({ tx, append }, noticesOf(fact, now), now);
    },
    async () => undefined,
  );
  return { ...heard, isAlone: true };
}
