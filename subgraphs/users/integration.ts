// The integration events of this subgraph, for other subgraphs (accounts, profiles, blocks,
// erasures) and for routers (what becomes of access tokens); consumes notices, matches and the
// answers to erasures. The shapes are a contract, documented in docs/integration-events.md.
import { z } from "zod";
import { systemClock } from "#kit/clock";
import { erasedAccount, erasureFact } from "#kit/erasures/erasures";
import { type Handler, handle } from "#kit/facts/effects";
import { type Fact, factOf, topic } from "#kit/facts/outbox";
import { recentFacts } from "#kit/facts/recent";
import type { SnapshotSource } from "#kit/facts/relay-answers";
import { endedSession, grantedScope, raisedTokenVersion, TOKEN_PARTS } from "#kit/facts/token-feed";
import { recordAnswer } from "./accounts/leaving/progress.ts";
import { listAllErasures } from "./accounts/leaving/store.ts";
import { accessTokensEndBy, accessTokensLeftSince } from "./accounts/sessions/access-tokens.ts";
import { listRevoked, type RevokedSession } from "./accounts/sessions/store.ts";
import { listStandings, type StoredStanding } from "./accounts/standing/store.ts";
import type { Database, Transaction } from "./database.ts";
import { Standing } from "./generated/prisma/enums.ts";
import { EVENT_NOTICES, MATCH_NOTICES, MESSAGE_NOTICES } from "./notices/hearing.ts";
import { type BlockRow, listAllBlocks } from "./people/blocks/store.ts";
import { listAllUsers, type UserRow } from "./people/profiles/store.ts";

const accountCreated = topic(
  "users.account.created.v1",
  z.object({ userId: z.string(), createdAt: z.date() }),
);

const profileChanged = topic(
  "users.profile.changed.v1",
  z.object({
    userId: z.string(),
    displayName: z.string(),
    headline: z.string().nullable(),
    /** Always null: the graph has the address, which ends. */
    avatarUrl: z.null(),
    location: z.string().nullable(),
    languages: z.array(z.string()),
    skills: z.array(z.string()),
    interests: z.array(z.string()),
    intents: z.array(z.string()),
  }),
);

const standingChanged = topic(
  "users.standing.changed.v1",
  z.object({ userId: z.string(), standing: z.enum(Standing) }),
);

const blockChanged = topic(
  "users.block.changed.v1",
  z.object({ blockerId: z.string(), blockedId: z.string(), isBlocked: z.boolean() }),
);

const sessionEnded = topic("users.session.ended.v1", endedSession);

const tokenVersionRaised = topic("users.token-version.raised.v1", raisedTokenVersion);

const scopeGranted = topic("users.scope.granted.v1", grantedScope);

/** Everything of a person is erased here; every subgraph that has something erases it too. */
export const accountErased = topic("users.account.erased.v1", erasedAccount);

/** A new account; published once. */
export function accountFact({ id, createdAt }: UserRow): Fact {
  return factOf(accountCreated, id, 1, { userId: id, createdAt });
}

/** The state of a profile, without the bio and the picture, which no other subgraph needs. */
export function profileFact({ id, version, ...profile }: UserRow): Fact {
  return factOf(profileChanged, id, version, { userId: id, ...profile, avatarUrl: null });
}

/** The standing of a person now. */
export function standingFact({ id, standing, standingVersion }: StoredStanding): Fact {
  return factOf(standingChanged, id, standingVersion, { userId: id, standing });
}

/** Whether one person blocks another now. */
export function blockFact({ blockerId, blockedId, isBlocked, version }: BlockRow): Fact {
  const state = { blockerId, blockedId, isBlocked };
  return factOf(blockChanged, `${blockerId}:${blockedId}`, version, state);
}

/** A session that ended before its access tokens expired; published once. */
export function sessionEndedFact({ id, userId, revokedAt }: RevokedSession): Fact {
  const state = { sessionId: id, userId, accessTokensEndBy: accessTokensEndBy(revokedAt) };
  return factOf(sessionEnded, id, 1, state);
}

/** The version below which the person's access tokens are refused from `now` on. */
export function tokenVersionRaisedFact(userId: string, tokenVersion: number, now: Date): Fact {
  const state = { userId, tokenVersion, accessTokensEndBy: accessTokensEndBy(now) };
  return factOf(tokenVersionRaised, userId, tokenVersion, state);
}

/** A scope that the person's access tokens of this version have from `now` on. */
export function scopeGrantedFact(
  granted: { readonly userId: string; readonly scope: string; readonly tokenVersion: number },
  now: Date,
): Fact {
  const { userId, scope, tokenVersion } = granted;
  const state = { ...granted, accessTokensEndBy: accessTokensEndBy(now) };
  return factOf(scopeGranted, `${userId}:${scope}`, tokenVersion + 1, state);
}

/**
 * The states of all aggregates, for a consumer that starts; about access tokens, what was told
 * while tokens that may still be valid were out.
 */
export function snapshotOf(database: Database): SnapshotSource {
  const told = ({ name }: { readonly name: string }) => ({
    page: (after: string | null, limit: number) =>
      recentFacts(database, name, accessTokensLeftSince(systemClock()), { after, limit }),
  });
  return [
    {
      name: "accounts",
      page: async (after, limit) => (await listAllUsers(database, after, limit)).map(accountFact),
    },
    {
      name: "profiles",
      page: async (after, limit) => (await listAllUsers(database, after, limit)).map(profileFact),
    },
    {
      name: "standings",
      page: async (after, limit) => (await listStandings(database, after, limit)).map(standingFact),
    },
    {
      name: "erasures",
      page: async (after, limit) =>
        (await listAllErasures(database, after, limit)).map((row) =>
          erasureFact(accountErased, row),
        ),
    },
    {
      name: "blocks",
      page: async (after, limit) => (await listAllBlocks(database, after, limit)).map(blockFact),
    },
    {
      name: TOKEN_PARTS.endedSessions,
      async page(after, limit) {
        const since = accessTokensLeftSince(systemClock());
        return (await listRevoked(database, since, after, limit)).map(sessionEndedFact);
      },
    },
    { name: TOKEN_PARTS.raisedTokenVersions, ...told(tokenVersionRaised) },
    { name: TOKEN_PARTS.grantedScopes, ...told(scopeGranted) },
  ];
}

function answers(subgraph: string, topicName: string): Handler<Transaction> {
  return handle(
    topicName,
    erasedAccount,
    (tx: Transaction, answer) => recordAnswer(tx, subgraph, answer),
    // An answer never changes, so it has no versions.
    async () => undefined,
  );
}

/** Handlers by the publishing subgraph. */
export const HANDLERS: Readonly<
  Record<"events" | "matching" | "messaging", readonly Handler<Transaction>[]>
> = {
  events: [...EVENT_NOTICES, answers("events", "events.account.erased.v1")],
  matching: [...MATCH_NOTICES, answers("matching", "matching.account.erased.v1")],
  messaging: [...MESSAGE_NOTICES, answers("messaging", "messaging.account.erased.v1")],
};
