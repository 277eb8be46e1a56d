// Consumes integration events: accounts and blocks from users, matches from matching. The shapes
// have only the fields that are needed; docs/integration-events.md has the complete ones.
import { z } from "zod";
import { type Handler, handle } from "#kit/facts/effects";
import { applyBlock } from "./blocking.ts";
import type { Transaction } from "./context.ts";
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

/** Handlers by the publishing subgraph. */
export const HANDLERS: Readonly<Record<"users" | "matching", readonly Handler<Transaction>[]>> = {
  users: [
    handle("users.account.created.v1", accountState, putPerson, resetPersonVersions),
    handle("users.block.changed.v1", blockState, applyBlock, resetBlockVersions),
  ],
  matching: [{ ...matchCreated, isAlone: true }],
};
