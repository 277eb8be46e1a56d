// Reads and writes skeletons of names, badges of verified people, and reviews of names.
import { newId } from "#kit/data/id";
import type { Page } from "#kit/data/pagination";
import { looseSkeletonOf, SKELETON_VERSION } from "#kit/input/skeleton";
import type { Database, Transaction } from "../../database.ts";
import type { NameReview } from "../../generated/prisma/client.ts";
import type { NameDecision } from "./rules.ts";

export type NameReviewRow = NameReview;

/** The name of a person. */
export interface Named {
  readonly id: string;
  readonly displayName: string;
}

/** A person whose name or badge changes. */
export interface Badged extends Named {
  readonly badgeSince: Date | null;
}

/**
 * Stores the skeleton of a new name. Unless it reads like the one before, it ends the person's
 * badge and open review, and begins a review if it reads like the name of a verified person.
 * Returns the person after that.
 */
export async function saveName<Person extends Badged>(
  tx: Transaction,
  person: Person,
  nameBefore: string | null,
  now: Date,
): Promise<Person> {
  const skeleton = looseSkeletonOf(person.displayName);
  await saveSkeletons(tx, [person]);
  if (nameBefore !== null && looseSkeletonOf(nameBefore) === skeleton) return person;
  // Whoever gives a badge to such a name waits, and then finds this one.
  await tx.$queryRaw`/* users.name.lock */
    select pg_advisory_xact_lock_shared(hashtextextended(${`name ${skeleton}`}, 0))::text`;
  if (nameBefore !== null) await endBadgeAndReview(tx, person.id);
  await tx.$executeRaw`/* users.name-review.open */
    insert into name_review (id, person_id, similar_to, created_at)
    select ${newId()}::uuid, ${person.id}::uuid, id, ${now}::timestamptz from person
    where name_skeleton = ${skeleton} and badge_since is not null and id <> ${person.id}::uuid
    order by badge_since, id limit 1`;
  return { ...person, badgeSince: null };
}

async function endBadgeAndReview(tx: Transaction, personId: string): Promise<void> {
  await tx.$executeRaw`/* users.name-review.drop */
    delete from name_review where person_id = ${personId}::uuid and settled_at is null`;
  await removeBadge(tx, personId);
}

/** Stores skeletons and their version. The rows are locked. */
export async function saveSkeletons(tx: Transaction, people: readonly Named[]): Promise<void> {
  const skeletons = people.map(({ displayName }) => looseSkeletonOf(displayName));
  await tx.$executeRaw`/* users.person.skeleton */
    update person set name_skeleton = seen.skeleton, skeleton_version = ${SKELETON_VERSION}::int
    from unnest(${people.map(({ id }) => id)}::uuid[], ${skeletons}::text[]) as seen(id, skeleton)
    where person.id = seen.id`;
}

/** Up to `limit` people whose skeletons have an older version, locked. */
export async function lockOldSkeletons(tx: Transaction, limit: number): Promise<Named[]> {
  return tx.$queryRaw<Named[]>`/* users.person.old-skeletons */
    select id, display_name as "displayName" from person
    where skeleton_version < ${SKELETON_VERSION}::int order by skeleton_version, id
    limit ${limit}::int for no key update`;
}

/**
 * Gives a locked person the badge. One that they have stays, with its time, and false is returned.
 * It waits for those who are taking a name that reads like theirs: what they have taken before is
 * in the database when this ends, and what they take later is compared with the badge.
 */
export async function insertBadge(
  tx: Transaction,
  { id, displayName }: Named,
  badgeBy: string,
  badgeSince: Date,
): Promise<boolean> {
  const skeleton = looseSkeletonOf(displayName);
  await tx.$queryRaw`/* users.badge.lock */
    select pg_advisory_xact_lock(hashtextextended(${`name ${skeleton}`}, 0))::text`;
  const { count } = await tx.user.updateMany({
    where: { id, badgeSince: null },
    data: { badgeSince, badgeBy },
  });
  return count > 0;
}

/** The names that are compared with that of a verified person, one batch after the other. */
export interface Likeness {
  /** The verified person. */
  readonly personId: string;
  /** The last one of the batch before. */
  readonly after: string;
  readonly limit: number;
}

/**
 * Begins reviews for a batch of people whose names read like that of a verified person, as long as
 * that one has the badge. People with a badge, and with an open review, are left out. Returns the
 * last person of the batch; null behind the last batch.
 */
export async function reviewAlike(
  tx: Transaction,
  { personId, after, limit }: Likeness,
  now: Date,
): Promise<string | null> {
  const alike = await tx.$queryRaw<{ id: string }[]>`/* users.names.alike */
    select alike.id::text from person as verified join person as alike
      on alike.name_skeleton = verified.name_skeleton and alike.id > ${after}::uuid
        and alike.id <> verified.id
    where verified.id = ${personId}::uuid and verified.badge_since is not null
      and verified.name_skeleton <> ''
    order by alike.id limit ${limit}::int`;
  const ids = alike.map(({ id }) => id);
  const reviewIds = ids.map(() => newId());
  await tx.$executeRaw`/* users.name-reviews.open */
    insert into name_review (id, person_id, similar_to, created_at)
    select review.id, person.id, ${personId}::uuid, ${now}::timestamptz
    from unnest(${reviewIds}::uuid[], ${ids}::uuid[]) as review(id, person_id)
    join person on person.id = review.person_id and person.badge_since is null
    on conflict (person_id) where settled_at is null do nothing`;
  return ids.length === limit ? (ids.at(-1) ?? null) : null;
}

export async function removeBadge(tx: Transaction, personId: string): Promise<void> {
  await tx.user.updateMany({
    where: { id: personId, badgeSince: { not: null } },
    data: { badgeSince: null, badgeBy: null },
  });
}

/** A page of open reviews and one more, oldest first. */
export async function listOpenReviews(
  database: Database,
  page: Page<string>,
): Promise<NameReviewRow[]> {
  return database.nameReview.findMany({
    where: { settledAt: null, ...(page.after && { id: { gt: page.after } }) },
    orderBy: { id: "asc" },
    take: page.limit + 1,
  });
}

/** The person whose name a review is about; null for an unknown id. */
export async function findReviewed(tx: Transaction, reviewId: string): Promise<string | null> {
  const found = await tx.nameReview.findUnique({
    where: { id: reviewId },
    select: { personId: true },
  });
  return found?.personId ?? null;
}

/** A review, locked until the transaction ends. */
export async function lockReview(tx: Transaction, reviewId: string): Promise<NameReviewRow | null> {
  await tx.$queryRaw`/* users.name-review.lock */
    select id from name_review where id = ${reviewId}::uuid for no key update`;
  return tx.nameReview.findUnique({ where: { id: reviewId } });
}

export async function settleReview(
  tx: Transaction,
  reviewId: string,
  settled: {
    readonly decision: NameDecision;
    readonly settledBy: string;
    readonly settledAt: Date;
  },
): Promise<void> {
  await tx.nameReview.update({ where: { id: reviewId }, data: settled });
}
