// What messaging learns from other subgraphs: who blocks whom. The shapes name no more than is
// needed; the whole ones are in docs/integration-events.md.
import { z } from "zod";
import { type Handler, handle } from "#kit/effects";
import type { Transaction } from "./context.ts";
import { putBlock } from "./projection/store.ts";

const blockState = z.object({
  blockerId: z.uuid(),
  blockedId: z.uuid(),
  isBlocked: z.boolean(),
});

/** Handlers by the subgraph that tells. */
export const HANDLERS: Readonly<Record<"users", readonly Handler<Transaction>[]>> = {
  users: [handle("users.block.changed.v1", blockState, putBlock)],
};
