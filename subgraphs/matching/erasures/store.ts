// Forgets a person in this subgraph. Callers hold the lock of the person's own stream, or erase
// what no stream tells.
import type { Database, Transaction } from "../database.ts";

/** Deletes up to `limit` suggestions of the person to others, and returns how many. */
export async function deleteSuggestions(
  database: Database | Transaction,
  userId: string,
  limit: number,
): Promise<number> {
  return database.$executeRaw`/* matching.erasures.suggestions */
    delete from suggestion where id in (
      select id from suggestion where user_id = ${userId}::uuid limit ${limit}::int
    )`;
}

/** Deletes up to `limit` answers of the person and about them, and returns how many. */
export async function deleteAnswers(
  database: Database,
  userId: string,
  limit: number,
): Promise<number> {
  return database.$executeRaw`/* matching.erasures.answers */
    delete from answer where (person_id, user_id) in (
      select person_id, user_id from answer
      where person_id = ${userId}::uuid or user_id = ${userId}::uuid limit ${limit}::int
    )`;
}

/** The other person of one of the person's matches; null when there is none. */
export async function findMatched(database: Database, userId: string): Promise<string | null> {
  const match = await database.match.findFirst({
    where: { OR: [{ firstId: userId }, { secondId: userId }] },
  });
  if (!match) return null;
  return match.firstId === userId ? match.secondId : match.firstId;
}

/**
 * Deletes the match of two people, and the person's id from its entry in the other's stream, which
 * stays in its place. The caller has locked that stream.
 */
export async function deleteMatch(
  tx: Transaction,
  userId: string,
  otherId: string,
  otherStream: string,
): Promise<void> {
  const pair = [userId, otherId];
  await tx.match.deleteMany({ where: { firstId: { in: pair }, secondId: { in: pair } } });
  await tx.$executeRaw`/* matching.erasures.entries.blank */
    update stream_entry set payload = payload
      || case when payload->>'firstId' = ${userId} then '{"firstId": null}'::jsonb else '{}' end
      || case when payload->>'secondId' = ${userId} then '{"secondId": null}'::jsonb else '{}' end
    where stream_id = ${otherStream}
      and ${userId} in (payload->>'firstId', payload->>'secondId')`;
}

/** True when a writer that held the lock before has added something of the person. */
export async function isAnythingLeft(
  tx: Transaction,
  userId: string,
  streamId: string,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ isLeft: boolean }[]>`/* matching.erasures.left */
    select exists (select from answer where person_id = ${userId}::uuid)
      or exists (select from answer where user_id = ${userId}::uuid)
      or exists (select from match where ${userId}::uuid in (first_id, second_id))
      or exists (select from stream_entry where stream_id = ${streamId}) as "isLeft"`;
  return row?.isLeft ?? false;
}

/**
 * Waits for all lists of suggestions that are being made: they may have the person among their
 * candidates. Those that are made later do not find the person any more.
 */
export async function waitForLists(tx: Transaction): Promise<void> {
  await tx.$queryRaw`/* matching.erasures.lists */
    select pg_advisory_xact_lock(hashtext('matching.lists'))::text`;
}

/**
 * Deletes the person's profile, lists, blocks, registrations and own stream, which has no entries,
 * and the words that only they had.
 */
export async function deletePerson(
  tx: Transaction,
  userId: string,
  streamId: string,
): Promise<void> {
  await tx.matchRun.deleteMany({ where: { personId: userId } });
  await tx.$executeRaw`/* matching.erasures.topics */
    with gone as (
      delete from person_topic where person_id = ${userId}::uuid returning kind, topic
    )
    update topic_use set people = people - 1 from gone
    where topic_use.kind = gone.kind and topic_use.topic = gone.topic`;
  await tx.$executeRaw`/* matching.erasures.words */
    delete from topic_use where people <= 0`;
  await tx.registration.deleteMany({ where: { personId: userId } });
  await tx.block.deleteMany({ where: { OR: [{ blockerId: userId }, { blockedId: userId }] } });
  await tx.personStanding.deleteMany({ where: { personId: userId } });
  await tx.person.deleteMany({ where: { id: userId } });
  await tx.stream.deleteMany({ where: { id: streamId } });
}
