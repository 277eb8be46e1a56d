// Changes what a person may do at all, and tells other subgraphs.
import { addToOutbox } from "#kit/facts/outbox";
import type { Transaction } from "../database.ts";
import type { Standing } from "../generated/prisma/enums.ts";
import { standingFact } from "../integration.ts";
import { updateStanding } from "./standing/store.ts";

/**
 * Gives a person a standing in the transaction of its cause. False when they have it already. It
 * ends no session and refuses no token: that is the caller's decision.
 */
export async function changeStanding(
  tx: Transaction,
  personId: string,
  standing: Standing,
): Promise<boolean> {
  const changed = await updateStanding(tx, personId, standing);
  if (changed) await addToOutbox(tx, [standingFact(changed)]);
  return changed !== null;
}
