// The integration events of this subgraph: publishes events, registrations, notices and the
// erasures that it has done, consumes blocks, names, standings and erasures. The shapes are a
// contract, documented in docs/integration-events.md; a change that a consumer could notice needs a
// new version.
import { z } from "zod";
import { systemClock } from "#kit/clock";
import { erasedAccount, erasuresPart, handleErasure } from "#kit/erasures/erasures";
import { type Handler, handle } from "#kit/facts/effects";
import { type Fact, factOf, topic } from "#kit/facts/outbox";
import { recentFacts } from "#kit/facts/recent";
import type { SnapshotSource } from "#kit/facts/relay-answers";
import type { Database, Transaction } from "./database.ts";
import { RegistrationStatus } from "./generated/prisma/enums.ts";
import { type EventRow, listKnownEvents } from "./planning/events/store.ts";
import {
  putBlock,
  putName,
  putStanding,
  resetBlockVersions,
  resetNameVersions,
  resetStandingVersions,
} from "./projection/store.ts";
import { listAllRegistrations, type StoredRegistration } from "./seats/registrations/store.ts";

const eventChanged = topic(
  "events.event.changed.v1",
  z.object({
    eventId: z.string(),
    organizerId: z.string(),
    title: z.string(),
    status: z.enum(["DRAFT", "PUBLISHED", "CANCELLED"]),
    tags: z.array(z.string()),
    startsAt: z.date(),
    endsAt: z.date(),
    timeZone: z.string(),
  }),
);

const registrationChanged = topic(
  "events.registration.changed.v1",
  z.object({
    registrationId: z.string(),
    eventId: z.string(),
    attendeeId: z.string(),
    status: z.enum(RegistrationStatus),
    partySize: z.number(),
    isHidden: z.boolean(),
  }),
);

const noticeRaised = topic(
  "events.notice.raised.v1",
  z.object({
    noticeId: z.string(),
    kind: z.enum([
      "REGISTRATION_CONFIRMED",
      "REGISTRATION_WAITLISTED",
      "REGISTRATION_DECLINED",
      "REGISTRATION_CANCELLED",
      "SEAT_GIVEN",
      "SEAT_OFFERED",
      "OFFER_LAPSING",
      "OFFER_EXPIRED",
      "EVENT_CHANGED",
      "EVENT_CANCELLED",
      "EVENT_REMINDER",
    ]),
    personId: z.string(),
    registrationId: z.string(),
    eventId: z.string(),
    title: z.string(),
    startsAt: z.date(),
    timeZone: z.string(),
    offerExpiresAt: z.date().nullable(),
  }),
);

export type NoticeState = z.input<typeof noticeRaised.state>;

/** Nothing of a person is left here but what README.md names. */
export const accountErased = topic("events.account.erased.v1", erasedAccount);

/**
 * The state of an event that is or was published. Other subgraphs hear of a draft only when an
 * event becomes one again, and nothing of what is changed in it after that.
 */
export function eventFact({ id, version, ...event }: EventRow): Fact {
  return factOf(eventChanged, id, version, { ...event, eventId: id });
}

type RegistrationState = Pick<
  StoredRegistration,
  "id" | "eventId" | "attendeeId" | "status" | "partySize" | "isHidden"
>;

/** The state of a registration; its version is the seq of its entry in the event's stream. */
export function registrationFact({ id, ...registration }: RegistrationState, seq: number): Fact {
  return factOf(registrationChanged, id, seq, { ...registration, registrationId: id });
}

/**
 * A change that concerns the person of a registration. `seq` is that of its entry in the event's
 * stream, so that a change is told once to each person.
 */
export function noticeFact(
  { id: eventId, title, startsAt, timeZone }: Noticed,
  { id: registrationId, attendeeId: personId }: Pick<StoredRegistration, "id" | "attendeeId">,
  seq: number,
  { kind, offerExpiresAt }: Pick<NoticeState, "kind" | "offerExpiresAt">,
): Fact {
  const noticeId = `${registrationId}:${seq}`;
  const event = { eventId, title, startsAt, timeZone };
  const state = { noticeId, kind, personId, registrationId, ...event, offerExpiresAt };
  return factOf(noticeRaised, noticeId, 1, state);
}

type Noticed = Pick<EventRow, "id" | "title" | "startsAt" | "timeZone">;

/** An event begins soon. It is told once for each kind of reminder and start of the event. */
export function reminderFact(
  { id: eventId, title, timeZone }: Noticed,
  { id: registrationId, attendeeId: personId }: Pick<StoredRegistration, "id" | "attendeeId">,
  { kind: reminder, startsAt }: { readonly kind: "DAY" | "HOUR"; readonly startsAt: Date },
): Fact {
  const noticeId = `${registrationId}:${reminder}:${startsAt.toISOString()}`;
  const event = { eventId, title, startsAt, timeZone, offerExpiresAt: null };
  const state = { noticeId, kind: "EVENT_REMINDER", personId, registrationId, ...event } as const;
  return factOf(noticeRaised, noticeId, 1, state);
}

/** An offer ends soon. It is told once for each end. */
export function lapseFact(
  { id: eventId, title, startsAt, timeZone }: Noticed,
  {
    id: registrationId,
    attendeeId: personId,
    offerExpiresAt,
  }: Pick<StoredRegistration, "id" | "attendeeId" | "offerExpiresAt">,
): Fact {
  const noticeId = `${registrationId}:lapse:${offerExpiresAt?.toISOString()}`;
  const event = { eventId, title, startsAt, timeZone, offerExpiresAt };
  const state = { noticeId, kind: "OFFER_LAPSING", personId, registrationId, ...event } as const;
  return factOf(noticeRaised, noticeId, 1, state);
}

/** The states of all aggregates, for a consumer that starts; of notices, those that are kept. */
export function snapshotOf(database: Database): SnapshotSource {
  return [
    {
      name: "events",
      page: async (after, limit) => (await listKnownEvents(database, after, limit)).map(eventFact),
    },
    {
      name: "registrations",
      page: async (after, limit) => {
        const rows = await listAllRegistrations(database, after, limit);
        return rows.map((row) => registrationFact(row, row.changedSeq));
      },
    },
    {
      name: "notices",
      page: (after, limit) =>
        recentFacts(database, noticeRaised.name, noticesKeptSince(systemClock()), { after, limit }),
    },
    erasuresPart(database, accountErased),
  ];
}

const NOTICES_MS = 7 * 86_400_000;

/** Older notices are no news for a consumer that starts. */
const noticesKeptSince = (now: Date) => new Date(now.getTime() - NOTICES_MS);

const blockState = z.object({
  blockerId: z.uuid(),
  blockedId: z.uuid(),
  isBlocked: z.boolean(),
});

const standingState = z.object({
  userId: z.uuid(),
  standing: z.enum(["UNVERIFIED", "ACTIVE", "SUSPENDED", "LEAVING"]),
});

const nameState = z.object({ userId: z.uuid(), displayName: z.string() });

/** Handlers by the publishing subgraph. */
export const HANDLERS: Readonly<Record<"users", readonly Handler<Transaction>[]>> = {
  users: [
    handle("users.block.changed.v1", blockState, putBlock, resetBlockVersions),
    handle("users.standing.changed.v1", standingState, putStanding, resetStandingVersions),
    handle("users.profile.changed.v1", nameState, putName, resetNameVersions),
    handleErasure("users.account.erased.v1"),
  ],
};
