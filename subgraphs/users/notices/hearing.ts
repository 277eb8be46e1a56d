// Hears from other subgraphs of what concerns people. The owner of a fact says whom it concerns;
// here is what becomes of it.
import { z } from "zod";
import { systemClock } from "#kit/clock";
import { type Handler, handle } from "#kit/facts/effects";
import type { Transaction } from "../database.ts";
import { addNotices, type Notice } from "./centre/actions.ts";
import { noticeKind } from "./kinds.ts";

const eventNotice = z.object({
  noticeId: z.string(),
  kind: noticeKind,
  personId: z.uuid(),
  registrationId: z.uuid(),
  eventId: z.uuid(),
  title: z.string(),
  timeZone: z.string(),
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
