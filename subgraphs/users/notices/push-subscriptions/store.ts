// Reads and writes the devices to which notifications are pushed. Addresses are sealed by the key
// of their person; a hash of an address finds it again.
import type { Database, Transaction } from "../../database.ts";
import type { PushSubscription } from "../../generated/prisma/client.ts";

export type StoredPushSubscription = PushSubscription;

/** Also ends the subscription of another person on the same device. */
export async function savePushSubscription(
  tx: Transaction,
  { id, personId, ...subscription }: StoredPushSubscription,
): Promise<StoredPushSubscription> {
  const { addressHash } = subscription;
  // The deliveries of another person go to an id that is gone then.
  await tx.pushSubscription.deleteMany({ where: { addressHash, personId: { not: personId } } });
  return tx.pushSubscription.upsert({
    where: { addressHash },
    create: { id, personId, ...subscription },
    update: subscription,
  });
}

/** Registers one at a time for a person until the transaction ends. False: the account is gone. */
export async function lockPerson(tx: Transaction, personId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`/* users.push.person */
    select from person where id = ${personId}::uuid
      and not exists (select from erasure where user_id = ${personId}::uuid)
    for no key update of person`;
  return rows.length > 0;
}

/** Deletes the oldest of a person's subscriptions, so that this many are left. */
export async function keepNewest(tx: Transaction, personId: string, most: number): Promise<void> {
  await tx.$executeRaw`/* users.push.newest */
    delete from push_subscription where id in (
      select id from push_subscription where person_id = ${personId}::uuid
      order by registered_at desc, id desc offset ${most}::int
    )`;
}

/** The subscriptions of each of these people, the newest first. */
export async function findPushSubscriptions(
  database: Database | Transaction,
  personIds: readonly string[],
): Promise<StoredPushSubscription[]> {
  return database.pushSubscription.findMany({
    where: { personId: { in: [...personIds] } },
    orderBy: [{ registeredAt: "desc" }, { id: "desc" }],
  });
}

/** A person's own subscription; null for another's. */
export async function findPushSubscription(
  database: Database | Transaction,
  personId: string,
  id: string,
): Promise<StoredPushSubscription | null> {
  return database.pushSubscription.findFirst({ where: { id, personId } });
}

/** Ends a subscription of a person. False for one that is not theirs, or is gone. */
export async function deletePushSubscription(
  database: Database | Transaction,
  personId: string,
  id: string,
): Promise<boolean> {
  const { count } = await database.pushSubscription.deleteMany({ where: { id, personId } });
  return count > 0;
}

/** Ids of subscriptions and of the sessions that registered them, behind an id. */
export async function listBySession(
  database: Database,
  after: string | null,
  limit: number,
): Promise<Pick<StoredPushSubscription, "id" | "sessionId">[]> {
  return database.pushSubscription.findMany({
    where: after === null ? {} : { id: { gt: after } },
    select: { id: true, sessionId: true },
    orderBy: { id: "asc" },
    take: limit,
  });
}

export async function deletePushSubscriptions(
  database: Database,
  ids: readonly string[],
): Promise<void> {
  await database.pushSubscription.deleteMany({ where: { id: { in: [...ids] } } });
}
