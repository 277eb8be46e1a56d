// The seal of one person, for what this subgraph keeps of them beyond a card.
import type { Seal, Sealing } from "#kit/trust/sealing";
import { ensureKey } from "./accounts/keys/store.ts";
import type { Transaction } from "./database.ts";

/** The person's seal. Makes their key if they have none. */
export async function sealOf(
  tx: Transaction,
  { sealing, now }: { readonly sealing: Sealing; now(): Date },
  personId: string,
): Promise<Seal> {
  const wrapped = await ensureKey(tx, personId, sealing.newKey(personId), now());
  return sealing.of(personId, wrapped);
}
