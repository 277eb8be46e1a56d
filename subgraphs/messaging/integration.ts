// What messaging learns from other subgraphs: who has an account, who blocks whom, and who is a
// match. The shapes name no more than is needed; the whole ones are in docs/integration-events.md.
import { z } from "zod";
import { type Handler, handle } from "#kit/facts/effects";
import { applyBlock } from "./blocking.ts";
import type { Transaction } from "./context.ts";
import { openMatched } from "./opening.ts";
import { outdateBlocks, outdatePeople, putPerson } from "./projection/store.ts";

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
  async (tx: Transaction, match, _version, announce) => announce(await openMatched(tx, match)),
  // A match stays, and has no versions.
  async () => undefined,
);

/** Handlers by the subgraph that tells. */
export const HANDLERS: Readonly<Record<"users" | "matching", readonly Handler<Transaction>[]>> = {
  users: [
    handle("users.account.created.v1", accountState, putPerson, outdatePeople),
    handle("users.block.changed.v1", blockState, applyBlock, outdateBlocks),
  ],
  matching: [{ ...matchCreated, isAlone: true }],
};
