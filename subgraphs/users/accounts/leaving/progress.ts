// Stores the answers of subgraphs to erasures, and says whose answers are missing. With the last
// answer, nothing of the person is left anywhere but an id.
import { systemClock } from "#kit/clock";
import type { ErasedAccount } from "#kit/erasures/store";
import type { Transaction } from "../../database.ts";
import { missingOf } from "./rules.ts";
import { deletePerson, insertAnswer, markDone } from "./store.ts";

export function missing(answers: readonly { readonly subgraph: string }[]): string[] {
  return missingOf(answers.map(({ subgraph }) => subgraph));
}

/** The same answer again changes nothing; one to an unknown erasure neither. */
export async function recordAnswer(
  tx: Transaction,
  subgraph: string,
  { erasureId }: ErasedAccount,
): Promise<void> {
  const answeredAt = systemClock();
  const known = await insertAnswer(tx, { erasureId, subgraph, answeredAt });
  if (!known || missingOf(known.answered).length > 0) return;
  // The nameless card that has stood for the person until now: nobody refers to it any more.
  await deletePerson(tx, known.userId);
  await markDone(tx, erasureId, answeredAt);
}
