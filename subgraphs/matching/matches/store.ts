// Reads and writes answers and matches.
import type { Page } from "#kit/data/pagination";
import type { Database, Transaction } from "../database.ts";
import { type Answer, type Match, Prisma } from "../generated/prisma/client.ts";

export type StoredMatch = Match;

/** A match as it is shown: without a person whose account was erased later. */
export interface MatchRow extends Omit<Match, "firstId" | "secondId"> {
  readonly firstId: string | null;
  readonly secondId: string | null;
}

/** The update in one entry of a person's stream. */
export interface MatchCreatedRow {
  readonly seq: number;
  readonly prevSeq: number;
  readonly match: MatchRow;
}

/** The answers of two people to each other's suggestions, in one statement. */
export async function findAnswers(
  tx: Transaction,
  personId: string,
  userId: string,
): Promise<{ readonly mine: Answer | null; readonly theirs: Answer | null }> {
  const rows = await tx.answer.findMany({
    where: {
      OR: [
        { personId, userId },
        { personId: userId, userId: personId },
      ],
    },
  });
  return {
    mine: rows.find((row) => row.personId === personId) ?? null,
    theirs: rows.find((row) => row.personId === userId) ?? null,
  };
}

/** Stores a person's latest answer about another. */
export async function upsertAnswer(tx: Transaction, answer: Answer): Promise<void> {
  const { personId, userId, ...word } = answer;
  await tx.answer.upsert({
    where: { personId_userId: { personId, userId } },
    create: answer,
    update: word,
  });
}

/** The match of a pair; `firstId` is the lower id. */
export async function findMatchOf(
  tx: Transaction,
  firstId: string,
  secondId: string,
): Promise<StoredMatch | null> {
  return tx.match.findUnique({ where: { firstId_secondId: { firstId, secondId } } });
}

export async function insertMatch(tx: Transaction, match: StoredMatch): Promise<void> {
  await tx.match.create({ data: match });
}

/** The viewer's matches by id, in one statement. */
export async function findMatches(
  database: Database,
  viewerId: string,
  matchIds: readonly string[],
): Promise<StoredMatch[]> {
  return database.match.findMany({
    where: { id: { in: [...matchIds] }, OR: [{ firstId: viewerId }, { secondId: viewerId }] },
  });
}

/** A page of matches and one more, newest first. */
export async function listMatches(
  database: Database,
  personId: string,
  page: Page<string>,
): Promise<StoredMatch[]> {
  const behind = page.after ? Prisma.sql`and id < ${page.after}::uuid` : Prisma.empty;
  const limit = Prisma.sql`order by id desc limit ${page.limit + 1}::int`;
  return database.$queryRaw<StoredMatch[]>`/* matching.matches.list */
    select id, first_id as "firstId", second_id as "secondId", created_at as "createdAt" from (
      (select * from match where first_id = ${personId}::uuid ${behind} ${limit})
      union all
      (select * from match where second_id = ${personId}::uuid ${behind} ${limit})
    ) as mine ${limit}`;
}

/** Matches of all people behind an id, in the order of their ids. */
export async function listAllMatches(
  database: Database,
  after: string | null,
  limit: number,
): Promise<StoredMatch[]> {
  return database.match.findMany({
    ...(after && { where: { id: { gt: after } } }),
    orderBy: { id: "asc" },
    take: limit,
  });
}
