// Reads and writes what a person may do at all, and the version of their access tokens.
import { invariant } from "#kit/invariant";
import type { Database, Transaction } from "../../database.ts";
import type { Role, Standing } from "../../generated/prisma/enums.ts";

/** Everything that an access token says of a person. */
export interface Access {
  readonly standing: Standing;
  readonly tokenVersion: number;
  /** Whether their address is theirs for certain. */
  readonly isVerified: boolean;
  readonly roles: readonly Role[];
  readonly hasSecondFactor: boolean;
}

/** Null for a person who does not exist. */
export async function findAccess(
  database: Database | Transaction,
  personId: string,
): Promise<Access | null> {
  const [found] = await database.$queryRaw<Access[]>`/* users.access.find */
    select standing::text, token_version as "tokenVersion", verified_at is not null as "isVerified",
      array(
        select role::text from role_grant where user_id = person.id order by role_grant.role
      ) as roles,
      exists (
        select from second_factor where person_id = person.id and enabled_at is not null
      ) as "hasSecondFactor"
    from person join credential on credential.user_id = person.id
    where person.id = ${personId}::uuid`;
  return found ?? null;
}

/** The same, locked until the transaction ends: a change of the standing waits. */
export async function lockAccess(tx: Transaction, personId: string): Promise<Access | null> {
  await tx.$queryRaw`/* users.access.lock */
    select id from person where id = ${personId}::uuid for share`;
  return findAccess(tx, personId);
}

/** A standing with the version that consumers compare. */
export interface StoredStanding {
  readonly id: string;
  readonly standing: Standing;
  readonly standingVersion: number;
}

/** A person's standing, locked until the transaction ends. Null for nobody. */
export async function lockStanding(
  tx: Transaction,
  personId: string,
): Promise<StoredStanding | null> {
  const [found] = await tx.$queryRaw<StoredStanding[]>`/* users.standing.lock */
    select id, standing::text, standing_version as "standingVersion" from person
    where id = ${personId}::uuid for no key update`;
  return found ?? null;
}

/** Null when the person has this standing already. */
export async function updateStanding(
  tx: Transaction,
  personId: string,
  standing: Standing,
): Promise<StoredStanding | null> {
  const [changed] = await tx.$queryRaw<StoredStanding[]>`/* users.standing.update */
    update person set standing = ${standing}::standing, standing_version = standing_version + 1
    where id = ${personId}::uuid and standing <> ${standing}::standing
    returning id, standing::text, standing_version as "standingVersion"`;
  return changed ?? null;
}

/** The standings of people behind an id, in the order of their ids. */
export async function listStandings(
  database: Database,
  after: string | null,
  limit: number,
): Promise<StoredStanding[]> {
  return database.user.findMany({
    ...(after && { where: { id: { gt: after } } }),
    orderBy: { id: "asc" },
    take: limit,
    select: { id: true, standing: true, standingVersion: true },
  });
}

/** The version of a person's access tokens, locked until the transaction ends. */
export async function lockTokenVersion(tx: Transaction, personId: string): Promise<number> {
  const [found] = await tx.$queryRaw<{ tokenVersion: number }[]>`/* users.token-version.lock */
    select token_version as "tokenVersion" from person
    where id = ${personId}::uuid for no key update`;
  invariant(found, "nobody has this token version", { personId });
  return found.tokenVersion;
}

/** Raises the version of a person's access tokens, and returns it. */
export async function raiseTokenVersion(tx: Transaction, personId: string): Promise<number> {
  const { tokenVersion } = await tx.user.update({
    where: { id: personId },
    data: { tokenVersion: { increment: 1 } },
    select: { tokenVersion: true },
  });
  return tokenVersion;
}
