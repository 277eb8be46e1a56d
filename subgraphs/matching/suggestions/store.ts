// Reads and writes lists of suggestions. Reads leave out what the viewer may no longer see.
import { z } from "zod";
import type { Page } from "#kit/data/pagination";
import type { Database, Transaction } from "../database.ts";
import { Prisma } from "../generated/prisma/client.ts";

const reasonShape = z.object({
  kind: z.enum([
    "COMPLEMENTARY_INTENTS",
    "SHARED_SKILLS",
    "SHARED_INTERESTS",
    "SHARED_EVENTS",
    "SHARED_LANGUAGES",
    "SAME_PLACE",
  ]),
  description: z.string(),
  // Lists of the release before have none.
  facts: z.string().array().default([]),
  contribution: z.number(),
});

export type SuggestionReasonRow = z.infer<typeof reasonShape>;

export interface MatchSuggestionRow {
  readonly id: string;
  readonly runId: string;
  readonly userId: string;
  readonly rank: number;
  readonly score: number;
  readonly reasons: readonly SuggestionReasonRow[];
}

export interface RunRow {
  readonly id: string;
  readonly personVersion: number;
  readonly createdAt: Date;
}

/** A person's profile version and latest list; null while their profile is not known. */
export async function findLatestRun(
  database: Database | Transaction,
  personId: string,
): Promise<{ readonly version: number; readonly run: RunRow | null } | null> {
  type Row = { version: number } & (RunRow | { id: null });
  const [row] = await database.$queryRaw<Row[]>`/* matching.run.latest */
    select p.version, run.id, run.person_version as "personVersion", run.created_at as "createdAt"
    from person p left join lateral (
      select * from match_run where person_id = p.id order by created_at desc, id desc limit 1
    ) as run on true
    where p.id = ${personId}::uuid`;
  if (!row) return null;
  return { version: row.version, run: row.id === null ? null : row };
}

/** Locks the making of lists for this person. An erasure waits for all lists being made. */
export async function lockPerson(tx: Transaction, personId: string): Promise<void> {
  await tx.$queryRaw`/* matching.person.lock */
    select id, pg_advisory_xact_lock_shared(hashtext('matching.lists'))::text as lists
    from person where id = ${personId}::uuid for no key update`;
}

/** True when the list exists and was made for this person. */
export async function hasRun(
  database: Database,
  personId: string,
  runId: string,
): Promise<boolean> {
  return (await database.matchRun.count({ where: { id: runId, personId } })) > 0;
}

export interface NewRun extends RunRow {
  readonly personId: string;
  readonly suggestions: readonly Omit<MatchSuggestionRow, "runId">[];
}

/** Stores a list, and deletes the person's lists from before `keptSince`. */
export async function insertRun(tx: Transaction, run: NewRun, keptSince: Date): Promise<void> {
  const { id, personId, personVersion, createdAt, suggestions } = run;
  await tx.matchRun.deleteMany({ where: { personId, createdAt: { lt: keptSince } } });
  await tx.matchRun.create({ data: { id, personId, personVersion, createdAt } });
  await tx.$executeRaw`/* matching.suggestions.insert */
    insert into suggestion (id, run_id, person_id, user_id, rank, score, reasons)
    select t.id, ${id}::uuid, ${personId}::uuid, user_id, rank, score, reasons::jsonb
    from unnest(
      ${suggestions.map((each) => each.id)}::uuid[],
      ${suggestions.map((each) => each.userId)}::uuid[],
      ${suggestions.map((each) => each.rank)}::int[],
      ${suggestions.map((each) => each.score)}::float8[],
      ${suggestions.map((each) => JSON.stringify(each.reasons))}::text[]
    ) as t(id, user_id, rank, score, reasons)`;
}

/** True for an active person whom neither side blocks; part of every read of suggestions. */
function canBeSeenBy(viewerId: string): Prisma.Sql {
  return Prisma.sql`not exists (
      select from person_standing where person_id = s.user_id and standing <> 'ACTIVE')
    and not exists (
      select from block where is_blocked and (blocker_id, blocked_id)
        in ((${viewerId}::uuid, s.user_id), (s.user_id, ${viewerId}::uuid)))`;
}

const SUGGESTION = Prisma.sql`s.id, s.run_id as "runId", s.user_id as "userId", s.rank, s.score,
  s.reasons`;

/**
 * A page of suggestions and one more, in the order of the list. Leaves out people who by now are
 * blocked either way, answered, matched, unknown or not active.
 */
export async function listSuggestions(
  database: Database,
  viewerId: string,
  runId: string,
  page: Page<number>,
  now: Date,
): Promise<MatchSuggestionRow[]> {
  const rows = await database.$queryRaw<MatchSuggestionRow[]>`/* matching.suggestions.list */
    select ${SUGGESTION} from suggestion s
    where s.run_id = ${runId}::uuid and s.person_id = ${viewerId}::uuid
      and s.rank > ${page.after ?? 0}::int and ${canBeSeenBy(viewerId)}
      and exists (select from person where person.id = s.user_id)
      and not exists (
        select from answer where answer.person_id = s.person_id and answer.user_id = s.user_id
          and (rests_until is null or rests_until > ${now}))
      and not exists (
        select from match where first_id = least(s.person_id, s.user_id)
          and second_id = greatest(s.person_id, s.user_id))
    order by s.rank limit ${page.limit + 1}::int`;
  return rows.map(checked);
}

/** The viewer's suggestions by id of people who can be seen, in one statement. */
export async function findSuggestions(
  database: Database | Transaction,
  viewerId: string,
  suggestionIds: readonly string[],
): Promise<MatchSuggestionRow[]> {
  const rows = await database.$queryRaw<MatchSuggestionRow[]>`/* matching.suggestions.find */
    select ${SUGGESTION} from suggestion s
    where s.id = any(${suggestionIds}::uuid[]) and s.person_id = ${viewerId}::uuid
      and ${canBeSeenBy(viewerId)}`;
  return rows.map(checked);
}

function checked(row: MatchSuggestionRow): MatchSuggestionRow {
  return { ...row, reasons: reasonShape.array().parse(row.reasons) };
}
