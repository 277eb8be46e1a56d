// The integration events of this subgraph: consumes accounts, blocks and erasures from users,
// events and registrations from events, and matches from matching; publishes the erasures that it
// has done. The shapes have only the fields that are needed; docs/integration-events.md has all.
import { z } from "zod";
import { erasedAccount, erasuresPart, handleErasure } from "#kit/erasures/erasures";
import { type Handler, handle } from "#kit/facts/effects";
import { type Fact, factOf, topic } from "#kit/facts/outbox";
import type { SnapshotSource } from "#kit/facts/relay-answers";
import { applyBlock } from "./blocking.ts";
import { putEvent, resetEventVersions, resetRegistrationVersions } from "./contacts/store.ts";
import type { Database, Transaction } from "./database.ts";
import { applyRegistration } from "./event-following.ts";
import { openMatched } from "./opening.ts";
import { putPerson, resetBlockVersions, resetPersonVersions } from "./projection/store.ts";

const accountState = z.object({ userId: z.uuid() });

const blockState = z.object({
  blockerId: z.uuid(),
  blockedId: z.uuid(),
  isBlocked: z.boolean(),
});

const matchState = z.object({
  matchId: z.uuid(),
  userIds: z.tuple([z.uuid(), z.uuid()]),
  createdAt: z.coerce.date(),
});

const matchCreated = handle(
  "matching.match.created.v1",
  matchState,
  async (tx: Transaction, match, _version, append) => openMatched({ tx, append }, match),
  // A match never changes, so it has no versions.
  async () => undefined,
);

const eventState = z.object({ eventId: z.uuid(), organizerId: z.uuid(), status: z.string() });

const registrationState = z.object({
  registrationId: z.uuid(),
  eventId: z.uuid(),
  attendeeId: z.uuid(),
  status: z.string(),
  // Events from before this field have none.
  isHidden: z.boolean().default(false),
});

type Source = "users" | "events" | "matching";

/** Handlers by the publishing subgraph. */
export const HANDLERS: Readonly<Record<Source, readonly Handler<Transaction>[]>> = {
  users: [
    handle("users.account.created.v1", accountState, putPerson, resetPersonVersions),
    handle("users.block.changed.v1", blockState, applyBlock, resetBlockVersions),
    handleErasure("users.account.erased.v1"),
  ],
  events: [
    handle("events.event.changed.v1", eventState, putEvent, resetEventVersions),
    handle(
      "events.registration.changed.v1",
      registrationState,
      applyRegistration,
      resetRegistrationVersions,
    ),
  ],
  matching: [{ ...matchCreated, isAlone: true }],
};

const noticeRaised = topic(
  "messaging.notice.raised.v1",
  z.object({
    noticeId: z.string(),
    kind: z.enum(["MESSAGE", "MENTIONED", "CONVERSATION_REQUESTED"]),
    personId: z.string(),
    conversationId: z.string(),
    messageId: z.string(),
    /** Of the message. */
    seq: z.number(),
    /** The sender. */
    actorId: z.string(),
    isGroup: z.boolean(),
  }),
);

type NoticeState = z.input<typeof noticeRaised.state>;

const conversationRead = topic(
  "messaging.conversation.read.v1",
  z.object({ personId: z.string(), conversationId: z.string(), readSeq: z.number() }),
);

/** A message that concerns a person. It is told once to each person. */
export function noticeFact(notice: Omit<NoticeState, "noticeId">): Fact {
  const { kind, messageId, personId } = notice;
  const noticeId = `${messageId}:${personId}:${kind}`;
  return factOf(noticeRaised, noticeId, 1, { ...notice, noticeId });
}

/** A person has read messages of which they were told. Its version is the seq of their mark. */
export function readFact(read: z.input<typeof conversationRead.state>): Fact {
  const { personId, conversationId, readSeq } = read;
  return factOf(conversationRead, `${conversationId}:${personId}`, readSeq, read);
}

/** Nothing of a person is left here. */
export const accountErased = topic("messaging.account.erased.v1", erasedAccount);

/** The states of all aggregates, for a consumer that starts. */
export function snapshotOf(database: Database): SnapshotSource {
  return [erasuresPart(database, accountErased)];
}
