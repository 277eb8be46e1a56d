// Reads and writes this subgraph's copy of people: profiles, an index of their topics, blocks.
import { FOLD_VERSION } from "#kit/input/fold";
import type { Database, Transaction } from "../database.ts";
import type { TopicKind } from "../generated/prisma/enums.ts";

/** The fields of a profile that are stored here. */
export interface ProfileFact {
  readonly personId: string;
  /** Greater for a newer state. */
  readonly version: number;
  readonly skills: readonly string[];
  readonly interests: readonly string[];
  readonly intents: readonly string[];
  readonly languages: readonly string[];
  readonly location: string | null;
}

/**
 * Stores a profile and locks it; false when the version is not newer than the stored one, and when
 * the account is erased.
 */
export async function upsertPerson(tx: Transaction, fact: ProfileFact): Promise<boolean> {
  const changed = await tx.$executeRaw`/* matching.person.upsert */
    insert into person (id, version, intents, languages, location, skills, interests)
    select ${fact.personId}::uuid, ${fact.version}::int, ${fact.intents}::text[],
      ${fact.languages}::text[], ${fact.location}::text,
      ${fact.skills}::text[], ${fact.interests}::text[]
    where not exists (select from erasure where user_id = ${fact.personId}::uuid)
    on conflict (id) do update set version = excluded.version, intents = excluded.intents,
      languages = excluded.languages, location = excluded.location,
      skills = excluded.skills, interests = excluded.interests
    where person.version < excluded.version`;
  return changed === 1;
}

/** Stores the folded places of locked people, and the version of the fold. */
export async function markFolded(
  tx: Transaction,
  people: readonly { readonly id: string; readonly place: string | null }[],
): Promise<void> {
  await tx.$executeRaw`/* matching.person.fold */
    update person set place = folded.place, fold_version = ${FOLD_VERSION}::int
    from unnest(${people.map(({ id }) => id)}::uuid[], ${people.map(({ place }) => place)}::text[])
      as folded(id, place)
    where person.id = folded.id`;
}

/** A profile whose place and topics have an older version of the fold. */
export type Unfolded = Pick<ProfileFact, "skills" | "interests" | "location"> & {
  readonly id: string;
};

/** Up to `limit` such profiles, locked. */
export async function lockUnfolded(tx: Transaction, limit: number): Promise<Unfolded[]> {
  return tx.$queryRaw<Unfolded[]>`/* matching.person.unfolded */
    select id, coalesce(skills, '{}') as skills, coalesce(interests, '{}') as interests, location
    from person
    where fold_version < ${FOLD_VERSION}::int order by fold_version, id limit ${limit}::int
    for no key update`;
}

/** Makes all stored versions of profiles older than any new one. */
export async function resetPersonVersions(tx: Transaction): Promise<void> {
  await tx.$executeRaw`/* matching.person.reset */
    update person set version = 0 where version > 0`;
}

export interface PersonTopic {
  readonly kind: TopicKind;
  readonly topic: string;
  readonly wording: string;
}

/** Replaces the topics of a locked person, and updates the number of people of each topic. */
export async function replaceTopics(
  tx: Transaction,
  personId: string,
  topics: readonly PersonTopic[],
): Promise<void> {
  const kinds = topics.map(({ kind }) => kind);
  const names = topics.map(({ topic }) => topic);
  const wordings = topics.map(({ wording }) => wording);
  await tx.$executeRaw`/* matching.topics.replace */
    with wanted as (
      select * from unnest(${kinds}::text[]::topic_kind[], ${names}::text[], ${wordings}::text[])
        as t(kind, topic, wording)
    ), gone as (
      delete from person_topic had
      where person_id = ${personId}::uuid
        and not exists (select from wanted w where w.kind = had.kind and w.topic = had.topic)
      returning kind, topic
    ), come as (
      select kind, topic from wanted w
      where not exists (
        select from person_topic had
        where had.person_id = ${personId}::uuid and had.kind = w.kind and had.topic = w.topic
      )
    ), stored as (
      insert into person_topic (person_id, kind, topic, wording)
      select ${personId}::uuid, kind, topic, wording from wanted
      on conflict (person_id, kind, topic) do update set wording = excluded.wording
    )
    insert into topic_use (kind, topic, people)
    select kind, topic, by from (
      select kind, topic, 1 as by from come union all select kind, topic, -1 from gone
    ) as change
    order by kind, topic
    on conflict (kind, topic) do update set people = topic_use.people + excluded.people`;
}

/** Whether one person blocks another. */
export interface BlockFact {
  readonly blockerId: string;
  readonly blockedId: string;
  readonly isBlocked: boolean;
  /** Greater for a newer state of this pair in this direction. */
  readonly version: number;
}

/** Stores a block; false when its version is not newer, or the account of one of them is erased. */
export async function upsertBlock(tx: Transaction, fact: BlockFact): Promise<boolean> {
  const changed = await tx.$executeRaw`/* matching.block.upsert */
    insert into block (blocker_id, blocked_id, is_blocked, version)
    select ${fact.blockerId}::uuid, ${fact.blockedId}::uuid, ${fact.isBlocked}, ${fact.version}::int
    where not exists (
      select from erasure where user_id in (${fact.blockerId}::uuid, ${fact.blockedId}::uuid)
    )
    on conflict (blocker_id, blocked_id) do update
      set is_blocked = excluded.is_blocked, version = excluded.version
    where block.version < excluded.version`;
  return changed === 1;
}

/** Makes all stored versions of blocks older than any new one. */
export async function resetBlockVersions(tx: Transaction): Promise<void> {
  await tx.$executeRaw`/* matching.block.reset */
    update block set version = 0 where version > 0`;
}

/** True when one of two people blocks the other. */
export async function isBlockedEitherWay(
  tx: Database | Transaction,
  personId: string,
  otherId: string,
): Promise<boolean> {
  const found = await tx.block.count({
    where: {
      isBlocked: true,
      OR: [
        { blockerId: personId, blockedId: otherId },
        { blockerId: otherId, blockedId: personId },
      ],
    },
  });
  return found > 0;
}
