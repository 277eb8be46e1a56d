// What users tells other subgraphs: accounts, profiles, blocks. The shapes are the contract, and
// documented in docs/integration-events.md; a change that a consumer could notice is a new version.
import { z } from "zod";
import { type Fact, factOf, topic } from "#kit/outbox";
import type { SnapshotSource } from "#kit/relay-answers";
import { type BlockRow, listAllBlocks } from "./blocks/store.ts";
import type { Database } from "./database.ts";
import { listAllUsers, type UserRow } from "./profiles/store.ts";

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
    avatarUrl: z.string().nullable(),
    location: z.string().nullable(),
    languages: z.array(z.string()),
    skills: z.array(z.string()),
    interests: z.array(z.string()),
    intents: z.array(z.string()),
  }),
);

const blockChanged = topic(
  "users.block.changed.v1",
  z.object({ blockerId: z.string(), blockedId: z.string(), isBlocked: z.boolean() }),
);

/** Somebody has signed up; told once. */
export function accountFact({ id, createdAt }: UserRow): Fact {
  return factOf(accountCreated, id, 1, { userId: id, createdAt });
}

/** A profile as it is now. The bio stays at home: nobody else needs it. */
export function profileFact({ id, version, ...profile }: UserRow): Fact {
  return factOf(profileChanged, id, version, { userId: id, ...profile });
}

/** Whether one person blocks another now. */
export function blockFact({ blockerId, blockedId, isBlocked, version }: BlockRow): Fact {
  const state = { blockerId, blockedId, isBlocked };
  return factOf(blockChanged, `${blockerId}:${blockedId}`, version, state);
}

/** All that a consumer needs to begin. */
export function snapshotOf(database: Database): SnapshotSource {
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
      name: "blocks",
      page: async (after, limit) => (await listAllBlocks(database, after, limit)).map(blockFact),
    },
  ];
}
