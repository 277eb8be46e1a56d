// Stores whether the accounts of people are in use, as users published it. Only active people are
// suggested. A person without a row counts as active: their account is older than the first event.
import type { Transaction } from "../database.ts";
import type { Standing } from "../generated/prisma/enums.ts";

export interface StandingFact {
  readonly personId: string;
  readonly standing: Standing;
  /** Greater for a newer state. */
  readonly version: number;
}

/** Stores a standing; false when the version is not newer than the stored one. */
export async function upsertStanding(tx: Transaction, fact: StandingFact): Promise<boolean> {
  const changed = await tx.$executeRaw`/* matching.standing.upsert */
    insert into person_standing (person_id, standing, version)
    select ${fact.personId}::uuid, ${fact.standing}::text::standing, ${fact.version}::int
    where not exists (select from erasure where user_id = ${fact.personId}::uuid)
    on conflict (person_id) do update
      set standing = excluded.standing, version = excluded.version
    where person_standing.version < excluded.version`;
  return changed === 1;
}

/** Makes all stored versions of standings older than any new one. */
export async function resetStandingVersions(tx: Transaction): Promise<void> {
  await tx.$executeRaw`/* matching.standing.reset */
    update person_standing set version = 0 where version > 0`;
}
