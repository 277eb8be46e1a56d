// Stores the state that other subgraphs published: the newest version of each aggregate.
import { FOLD_VERSION, wordIndexOf } from "#kit/input/fold";
import type { Transaction } from "../database.ts";
import type { Standing } from "../generated/prisma/enums.ts";

/** Whether one person blocks another. */
export interface BlockState {
  readonly blockerId: string;
  readonly blockedId: string;
  readonly isBlocked: boolean;
}

/** Stores a block, unless the account of one of the two is erased. */
export async function putBlock(tx: Transaction, state: BlockState, version: number): Promise<void> {
  const { blockerId, blockedId, isBlocked } = state;
  await tx.$executeRaw`/* events.block.put */
    insert into block (blocker_id, blocked_id, is_blocked, version)
    select ${blockerId}::uuid, ${blockedId}::uuid, ${isBlocked}, ${version}::int
    where not exists (select from erasure where user_id in (${blockerId}::uuid, ${blockedId}::uuid))
    on conflict (blocker_id, blocked_id) do update
      set is_blocked = excluded.is_blocked, version = excluded.version
      where block.version < excluded.version`;
}

/** Makes all stored versions of blocks older than any new one. */
export async function resetBlockVersions(tx: Transaction): Promise<void> {
  await tx.$executeRaw`/* events.block.reset */
    update block set version = 0 where version > 0`;
}

/** Whether the account of a person is in use. */
export interface StandingState {
  readonly userId: string;
  readonly standing: Standing;
}

export async function putStanding(
  tx: Transaction,
  { userId, standing }: StandingState,
  version: number,
): Promise<void> {
  await tx.$executeRaw`/* events.standing.put */
    insert into person_standing (person_id, standing, version)
    select ${userId}::uuid, ${standing}::text::standing, ${version}::int
    where not exists (select from erasure where user_id = ${userId}::uuid)
    on conflict (person_id) do update
      set standing = excluded.standing, version = excluded.version
      where person_standing.version < excluded.version`;
}

/** Makes all stored versions of standings older than any new one. */
export async function resetStandingVersions(tx: Transaction): Promise<void> {
  await tx.$executeRaw`/* events.standing.reset */
    update person_standing set version = 0 where version > 0`;
}

/** The name of a person. */
export interface NameState {
  readonly userId: string;
  readonly displayName: string;
}

/** Stores a person's name, unless the account is erased. */
export async function putName(
  tx: Transaction,
  { userId, displayName }: NameState,
  version: number,
): Promise<void> {
  await tx.$executeRaw`/* events.person.put */
    insert into person (id, display_name, search_text, fold_version, version)
    select ${userId}::uuid, ${displayName}, ${wordIndexOf([displayName])}, ${FOLD_VERSION}::int,
      ${version}::int
    where not exists (select from erasure where user_id = ${userId}::uuid)
    on conflict (id) do update set display_name = excluded.display_name,
      search_text = excluded.search_text, fold_version = excluded.fold_version,
      version = excluded.version
      where person.version < excluded.version`;
}

/** Makes all stored versions of names older than any new one. */
export async function resetNameVersions(tx: Transaction): Promise<void> {
  await tx.$executeRaw`/* events.person.reset */
    update person set version = 0 where version > 0`;
}

interface Named {
  readonly id: string;
  readonly displayName: string;
}

/** Up to `limit` people whose names have an older version of the fold, locked. */
export async function lockUnfoldedNames(tx: Transaction, limit: number): Promise<Named[]> {
  return tx.$queryRaw<Named[]>`/* events.person.unfolded */
    select id, display_name as "displayName" from person
    where fold_version < ${FOLD_VERSION}::int order by fold_version, id limit ${limit}::int
    for no key update`;
}

/** Stores the folds of names and their version. The rows are locked. */
export async function saveFolds(tx: Transaction, people: readonly Named[]): Promise<void> {
  const texts = people.map(({ displayName }) => wordIndexOf([displayName]));
  await tx.$executeRaw`/* events.person.fold */
    update person set search_text = folded.text, fold_version = ${FOLD_VERSION}::int
    from unnest(${people.map(({ id }) => id)}::uuid[], ${texts}::text[]) as folded(id, text)
    where person.id = folded.id`;
}
