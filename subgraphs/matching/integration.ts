// The integration events of this subgraph: consumes profiles, blocks, standings, erasures, events
// and registrations, publishes matches and the erasures that it has done. The shapes have only the
// fields that are needed; docs/integration-events.md has the complete ones.
import { z } from "zod";
import { erasedAccount, erasuresPart, handleErasure } from "#kit/erasures/erasures";
import { type Handler, handle } from "#kit/facts/effects";
import { type Fact, factOf, topic } from "#kit/facts/outbox";
import type { SnapshotSource } from "#kit/facts/relay-answers";
import type { Database, Transaction } from "./database.ts";
import { applyEvent, applyRegistration } from "./events/apply.ts";
import { resetEventVersions, resetRegistrationVersions } from "./events/store.ts";
import { listAllMatches, type StoredMatch } from "./matches/store.ts";
import { applyBlock, applyProfile } from "./people/apply.ts";
import { resetBlockVersions, resetPersonVersions } from "./people/store.ts";
import { resetStandingVersions, upsertStanding } from "./standings/store.ts";

const profileState = z.object({
  userId: z.uuid(),
  location: z.string().nullable(),
  languages: z.array(z.string()),
  skills: z.array(z.string()),
  interests: z.array(z.string()),
  intents: z.array(z.string()),
});

const blockState = z.object({
  blockerId: z.uuid(),
  blockedId: z.uuid(),
  isBlocked: z.boolean(),
});

const standingState = z.object({
  userId: z.uuid(),
  standing: z.enum(["UNVERIFIED", "ACTIVE", "SUSPENDED", "LEAVING"]),
});

const eventState = z.object({
  eventId: z.uuid(),
  status: z.string(),
  startsAt: z.coerce.date(),
});

const registrationState = z.object({
  registrationId: z.uuid(),
  eventId: z.uuid(),
  attendeeId: z.uuid(),
  status: z.string(),
  // Events from before this field have none.
  isHidden: z.boolean().default(false),
});

/** Handlers by the publishing subgraph. */
export const HANDLERS: Readonly<Record<"users" | "events", readonly Handler<Transaction>[]>> = {
  users: [
    handle(
      "users.profile.changed.v1",
      profileState,
      async (tx, { userId: personId, ...profile }, version) => {
        await applyProfile(tx, { ...profile, personId, version });
      },
      resetPersonVersions,
    ),
    handle(
      "users.block.changed.v1",
      blockState,
      async (tx, block, version) => {
        await applyBlock(tx, { ...block, version });
      },
      resetBlockVersions,
    ),
    handle(
      "users.standing.changed.v1",
      standingState,
      async (tx, { userId: personId, standing }, version) => {
        await upsertStanding(tx, { personId, standing, version });
      },
      resetStandingVersions,
    ),
    handleErasure("users.account.erased.v1"),
  ],
  events: [
    handle(
      "events.event.changed.v1",
      eventState,
      async (tx, event, version) => {
        await applyEvent(tx, { ...event, version });
      },
      resetEventVersions,
    ),
    handle(
      "events.registration.changed.v1",
      registrationState,
      async (tx, { attendeeId: personId, ...registration }, version) => {
        await applyRegistration(tx, { ...registration, personId, version });
      },
      resetRegistrationVersions,
    ),
  ],
};

const matchCreated = topic(
  "matching.match.created.v1",
  z.object({ matchId: z.string(), userIds: z.array(z.string()).length(2), createdAt: z.date() }),
);

/** Two people who accepted each other; published once, because a match never changes. */
export function matchFact({ id, firstId, secondId, createdAt }: StoredMatch): Fact {
  return factOf(matchCreated, id, 1, { matchId: id, userIds: [firstId, secondId], createdAt });
}

/** Nothing of a person is left here. */
export const accountErased = topic("matching.account.erased.v1", erasedAccount);

/** The states of all aggregates, for a consumer that starts. */
export function snapshotOf(database: Database): SnapshotSource {
  return [
    {
      name: "matches",
      page: async (after, limit) => (await listAllMatches(database, after, limit)).map(matchFact),
    },
    erasuresPart(database, accountErased),
  ];
}
