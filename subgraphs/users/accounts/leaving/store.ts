// Reads and writes who is leaving, and the erasures of accounts with the answers of the other
// subgraphs.
import type { Page } from "#kit/data/pagination";
import type { ErasedAccount } from "#kit/erasures/store";
import type { Database, Transaction } from "../../database.ts";
import type { Erasure, ErasureAnswer, Leaving } from "../../generated/prisma/client.ts";
import type { Standing } from "../../generated/prisma/enums.ts";

export async function findLeaving(tx: Transaction, personId: string): Promise<Leaving | null> {
  return tx.leaving.findUnique({ where: { personId } });
}

export async function insertLeaving(tx: Transaction, leaving: Leaving): Promise<void> {
  await tx.leaving.create({ data: leaving });
}

export async function deleteLeaving(tx: Transaction, personId: string): Promise<void> {
  await tx.leaving.deleteMany({ where: { personId } });
}

/** When people leave, by person, in one statement. Those who stay are missing. */
export async function findLeavesAt(
  database: Database,
  personIds: readonly string[],
): Promise<Map<string, Date>> {
  const rows = await database.leaving.findMany({
    where: { personId: { in: [...personIds] } },
    select: { personId: true, leavesAt: true },
  });
  return new Map(rows.map(({ personId, leavesAt }) => [personId, leavesAt]));
}

/** A person who is leaving, locked until the transaction ends. Null for anybody else. */
export async function lockLeaving(
  tx: Transaction,
  personId: string,
): Promise<(Leaving & { readonly standing: Standing }) | null> {
  await tx.$queryRaw`/* users.leaving.lock */
    select id from person where id = ${personId}::uuid for update`;
  const found = await tx.leaving.findUnique({
    where: { personId },
    include: { person: { select: { standing: true } } },
  });
  if (!found) return null;
  const { person, ...leaving } = found;
  return { ...leaving, ...person };
}

/** Deletes a person with all rows that refer to them. */
export async function deletePerson(tx: Transaction, personId: string): Promise<void> {
  await tx.user.deleteMany({ where: { id: personId } });
}

/** Stores an erasure. An earlier one of the person, from before a restored backup, goes. */
export async function insertErasure(
  tx: Transaction,
  erasure: Omit<Erasure, "doneAt">,
): Promise<void> {
  await tx.erasure.deleteMany({ where: { userId: erasure.userId } });
  await tx.erasure.create({ data: erasure });
}

/**
 * Stores the answer of a subgraph, and returns the subgraphs that have answered. Null for an
 * unknown erasure. Answers that come at once wait for each other.
 */
export async function insertAnswer(
  tx: Transaction,
  { erasureId, subgraph, answeredAt }: ErasureAnswer,
): Promise<{ readonly userId: string; readonly answered: readonly string[] } | null> {
  const [erasure] = await tx.$queryRaw<{ userId: string }[]>`/* users.erasure.lock */
    select user_id::text as "userId" from erasure where erasure_id = ${erasureId}::uuid for update`;
  if (!erasure) return null;
  const answer = { erasureId, subgraph, answeredAt };
  await tx.erasureAnswer.createMany({ data: [answer], skipDuplicates: true });
  const answers = await tx.erasureAnswer.findMany({ where: { erasureId } });
  return { ...erasure, answered: answers.map((each) => each.subgraph) };
}

export async function markDone(tx: Transaction, erasureId: string, doneAt: Date): Promise<void> {
  await tx.erasure.update({ where: { erasureId }, data: { doneAt } });
}

/** An erasure with its answers. */
export type ErasureRow = Erasure & { readonly answers: readonly ErasureAnswer[] };

/** A page of erasures and one more, newest first; all, or those that are complete or not. */
export async function listErasures(
  database: Database,
  isComplete: boolean | null,
  page: Page<string>,
): Promise<ErasureRow[]> {
  return database.erasure.findMany({
    where: {
      ...(page.after && { erasureId: { lt: page.after } }),
      ...(isComplete !== null && { doneAt: isComplete ? { not: null } : null }),
    },
    orderBy: { erasureId: "desc" },
    take: page.limit + 1,
    include: { answers: { orderBy: { subgraph: "asc" } } },
  });
}

/** Erasures behind a person's id, in the order of these ids. */
export async function listAllErasures(
  database: Database,
  after: string | null,
  limit: number,
): Promise<ErasedAccount[]> {
  return database.erasure.findMany({
    ...(after && { where: { userId: { gt: after } } }),
    orderBy: { userId: "asc" },
    take: limit,
    select: { userId: true, erasureId: true },
  });
}
