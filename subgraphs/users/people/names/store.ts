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

/** Gives a person the badge. One that they have stays, with its time. */
export async function insertBadge(
  tx: Transaction,
  personId: string,
  badgeBy: string,
  badgeSince: Date,
): Promise<void> {
  await tx.user.updateMany({
    where: { id: personId, badgeSince: null },
    data: { badgeSince, badgeBy },
  });
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
