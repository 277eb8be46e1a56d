// Reads and writes people, with the keys by which they are sorted and searched.

import type { Page } from "#kit/data/pagination";
import { FOLD_VERSION, fold } from "#kit/input/fold";
import type { Subject } from "../../access.ts";
import type { Database, Transaction } from "../../database.ts";
import type { Prisma, User } from "../../generated/prisma/client.ts";
import type { Standing } from "../../generated/prisma/enums.ts";
import type { Profile } from "./rules.ts";

const INTERNAL = {
  avatarUrl: true,
  nameKey: true,
  searchText: true,
  foldVersion: true,
  standing: true,
  standingVersion: true,
  tokenVersion: true,
  nameSkeleton: true,
  skeletonVersion: true,
  badgeBy: true,
} as const;

/** A person as the graph shows them. */
export type UserRow = Omit<User, keyof typeof INTERNAL> & Subject;

/** Inserts a person who has only a name and languages. */
export async function insertUser(
  tx: Transaction,
  user: Pick<User, "id" | "displayName" | "languages" | "createdAt" | "standing">,
): Promise<UserRow> {
  const nothing = { headline: null, skills: [], interests: [], intents: [] };
  return tx.user.create({
    data: {
      ...user,
      ...nothing,
      ...keysOf({ ...user, ...nothing }),
      foldVersion: FOLD_VERSION,
    },
    omit: INTERNAL,
  });
}

/** Inserts the nameless card of an account that is being erased. It is in no list. */
export async function insertNobody(tx: Transaction, id: string, createdAt: Date): Promise<void> {
  const nobody = { id, displayName: "Deleted account", createdAt };
  const nothing = { headline: null, languages: [], skills: [], interests: [], intents: [] };
  await tx.user.create({
    data: {
      ...nobody,
      ...nothing,
      ...keysOf({ ...nobody, ...nothing }),
      foldVersion: FOLD_VERSION,
      standing: "LEAVING",
    },
    select: { id: true },
  });
}

/** A person, locked until the transaction ends. */
export async function lockUser(tx: Transaction, userId: string): Promise<UserRow | null> {
  await tx.$queryRaw`/* users.person.lock */
    select id from person where id = ${userId}::uuid for no key update`;
  return findUser(tx, userId);
}

export async function findUser(
  database: Database | Transaction,
  userId: string,
): Promise<UserRow | null> {
  return database.user.findUnique({ where: { id: userId }, omit: INTERNAL });
}

/** People by id, in one statement. */
export async function findUsers(
  database: Database,
  userIds: readonly string[],
): Promise<UserRow[]> {
  return database.user.findMany({ where: { id: { in: [...userIds] } }, omit: INTERNAL });
}

export async function updateUser(
  tx: Transaction,
  userId: string,
  profile: Profile,
): Promise<UserRow> {
  const { languages, skills, interests, intents } = profile;
  const user = await tx.user.update({
    where: { id: userId },
    data: {
      ...profile,
      languages: [...languages],
      skills: [...skills],
      interests: [...interests],
      intents: [...intents],
      version: { increment: 1 },
    },
    omit: INTERNAL,
  });
  await saveKeys(tx, [{ id: userId, ...profile }]);
  return user;
}

/** Gives a locked person another name. Its skeleton is the feature `names`'. */
export async function renameUser(
  tx: Transaction,
  user: UserRow,
  displayName: string,
): Promise<UserRow> {
  const renamed = await tx.user.update({
    where: { id: user.id },
    data: { displayName, version: { increment: 1 } },
    omit: INTERNAL,
  });
  await saveKeys(tx, [renamed]);
  return renamed;
}

/** Up to `limit` people whose keys have an older version of the fold, locked. */
export async function lockUnfolded(tx: Transaction, limit: number): Promise<Keyed[]> {
  return tx.$queryRaw<Keyed[]>`/* users.person.unfolded */
    select id, display_name as "displayName", headline, skills, interests from person
    where fold_version < ${FOLD_VERSION}::int order by fold_version, id limit ${limit}::int
    for no key update`;
}

/** Stores sort and search keys with the version of their fold. The rows are locked. */
export async function saveKeys(tx: Transaction, people: readonly Keyed[]): Promise<void> {
  const keys = people.map(keysOf);
  await tx.$executeRaw`/* users.person.fold */
    update person set name_key = folded.name_key, search_text = folded.search_text,
      fold_version = ${FOLD_VERSION}::int
    from unnest(${people.map(({ id }) => id)}::uuid[], ${keys.map(({ nameKey }) => nameKey)}::text[],
      ${keys.map(({ searchText }) => searchText)}::text[]) as folded(id, name_key, search_text)
    where person.id = folded.id`;
}

/** People behind an id, in the order of their ids. */
export async function listAllUsers(
  database: Database,
  after: string | null,
  limit: number,
): Promise<UserRow[]> {
  return database.user.findMany({
    ...(after && { where: { id: { gt: after } } }),
    orderBy: { id: "asc" },
    take: limit,
    omit: INTERNAL,
  });
}

/** A position in a list of people: behind this name key and id. */
export interface UserPosition {
  readonly nameKey: string;
  readonly id: string;
}

/** A person in a list, with the position behind them. */
export type ListedUser = UserRow & UserPosition;

/** Filters of the list of people. */
export interface UserListing {
  /** Words; each may be any part of the searched texts, in any spelling. */
  readonly search: string | null;
  /** Leaves out people whom this person blocks, or who block this person. */
  readonly unblockedFor: string | null;
  /** Only people with one of these standings; null for everybody. */
  readonly standings: readonly Standing[] | null;
}

/** A page of people and one more, by name. */
export async function listUsers(
  database: Database,
  { search, unblockedFor, standings }: UserListing,
  page: Page<UserPosition>,
): Promise<ListedUser[]> {
  const conditions: Prisma.UserWhereInput[] = [];
  if (standings) conditions.push({ standing: { in: [...standings] } });
  if (unblockedFor) {
    conditions.push({ blocks: { none: { blockedId: unblockedFor, isBlocked: true } } });
    conditions.push({ blockedBy: { none: { blockerId: unblockedFor, isBlocked: true } } });
  }
  if (search) {
    const words = fold(search).match(/\S+/gu);
    if (!words) return [];
    for (const word of words) conditions.push({ searchText: { contains: escapeLike(word) } });
  }
  if (page.after) {
    const { nameKey, id } = page.after;
    // The first condition follows from the second: it is the range that the index can scan.
    conditions.push({ nameKey: { gte: nameKey } });
    conditions.push({ OR: [{ nameKey: { gt: nameKey } }, { id: { gt: id } }] });
  }
  return database.user.findMany({
    where: { AND: conditions },
    orderBy: [{ nameKey: "asc" }, { id: "asc" }],
    take: page.limit + 1,
    omit: { ...INTERNAL, nameKey: false },
  });
}

const NAME_KEY_LENGTH_MAX = 100;

/** The texts from which the keys of a person are made. */
export type Keyed = Pick<Profile, "displayName" | "headline" | "skills" | "interests"> & {
  readonly id: string;
};

/** Cut, because index entries have a maximum size; the id orders equal keys. */
function keysOf({ displayName, headline, skills, interests }: Keyed) {
  const searched = [displayName, headline ?? "", ...skills, ...interests];
  return {
    nameKey: Array.from(fold(displayName)).slice(0, NAME_KEY_LENGTH_MAX).join(""),
    searchText: searched.map(fold).join("\n"),
  };
}

/** Escapes the wildcards of LIKE, which Prisma passes on unescaped. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
