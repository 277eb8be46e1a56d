// Logs: streams of entries with a gapless `seq`, ordered by commit. Every writer locks a stream
// before it reads what it decides on, in a statement of its own: a statement that locks and reads
// at once sees the state from before its wait. The tables are in the Prisma schema of each
// subgraph.
import type { Sql } from "#kit/data/database";
import { createLookup } from "#kit/data/lookups";
import { activeTrace } from "#kit/telemetry/traced";

/** Pages that one statement reads. */
const PAGES_MAX = 20;

export interface Entry {
  readonly streamId: string;
  readonly seq: number;
  readonly prevSeq: number;
  readonly type: string;
  readonly payload: unknown;
  readonly createdAt: Date;
  /** The trace that appended it, if it is sampled: see kit/telemetry/traced.ts. */
  readonly trace?: string | null;
}

export interface NewEntry {
  readonly streamId: string;
  readonly type: string;
  readonly payload: unknown;
}

/**
 * Locks streams until the transaction ends, and returns those that exist. Over all its calls, a
 * transaction must lock its streams in id order: this prevents deadlocks.
 */
export async function lockStreams(tx: Sql, streamIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`/* logs.streams.lock */
    select id from stream where id = any(${streamIds}::text[]) order by id collate "C" for no key update`;
  return new Set(rows.map((row) => row.id));
}

/**
 * Like {@link lockStreams}; those that do not exist yet are created. Returns those without entries.
 */
export async function openStreams(tx: Sql, streamIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string; lastSeq: number }[]>`/* logs.streams.open */
    insert into stream (id)
    select distinct id collate "C" from unnest(${streamIds}::text[]) as wanted(id) order by 1
    on conflict (id) do update set last_seq = stream.last_seq
    returning id, last_seq as "lastSeq"`;
  return new Set(rows.filter(({ lastSeq }) => lastSeq === 0).map(({ id }) => id));
}

interface EntryRow extends Omit<Entry, "prevSeq"> {}

/**
 * Appends entries to streams that this transaction has locked; the entries of one stream keep their
 * order.
 */
export async function appendEntries(tx: Sql, entries: readonly NewEntry[]): Promise<Entry[]> {
  if (entries.length === 0) return [];
  const streamIds = entries.map((entry) => entry.streamId);
  const types = entries.map((entry) => entry.type);
  const payloads = entries.map((entry) => JSON.stringify(entry.payload));
  const trace = activeTrace();
  const rows = await tx.$queryRaw<EntryRow[]>`/* logs.entries.append */
    with input as (
      select *, row_number() over (partition by stream_id order by ord)::int as n
      from unnest(${streamIds}::text[], ${types}::text[], ${payloads}::text[])
        with ordinality as t(stream_id, type, payload, ord)
    ), bumped as (
      update stream set last_seq = stream.last_seq + counted.n
      from (select stream_id, count(*)::int as n from input group by 1) as counted
      where stream.id = counted.stream_id
      returning stream.id, stream.last_seq - counted.n as base
    )
    insert into stream_entry (stream_id, seq, type, payload, created_at, trace)
    select input.stream_id, bumped.base + input.n, input.type, input.payload::jsonb,
      clock_timestamp(), ${trace}::text
    from input join bumped on bumped.id = input.stream_id
    returning stream_id as "streamId", seq, type, payload, created_at as "createdAt", trace`;
  return rows.map(entryOf).sort(byStreamAndSeq);
}

/**
 * Deletes the first entries of a stream, at most `limit`, and returns how many. Only for a stream
 * that nobody will read again: readers would see a gap.
 */
export async function deleteEntries(db: Sql, streamId: string, limit: number): Promise<number> {
  return db.$executeRaw`/* logs.entries.delete */
    delete from stream_entry where stream_id = ${streamId} and seq in (
      select seq from stream_entry where stream_id = ${streamId} order by seq limit ${limit}::int
    )`;
}

/** Deletes those streams, locked by this transaction, that have never had an entry. */
export async function deleteEmptyStreams(tx: Sql, streamIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`/* logs.streams.deleteEmpty */
    delete from stream where id = any(${streamIds}::text[]) and last_seq = 0`;
}

/** Up to `limit` entries of a stream behind `after`. */
interface PageOfLog {
  readonly streamId: string;
  readonly after: number;
  readonly limit: number;
}

/** Pages of logs by one statement, each in order. */
async function readPages(db: Sql, requests: readonly PageOfLog[]): Promise<Entry[][]> {
  const streamIds = requests.map((page) => page.streamId);
  const afters = requests.map((page) => page.after);
  const limits = requests.map((page) => page.limit);
  const rows = await db.$queryRaw<(EntryRow & { ordinal: number })[]>`/* logs.entries.read */
    select page.ordinal::int, entry.stream_id as "streamId", entry.seq, entry.type, entry.payload,
      entry.created_at as "createdAt", entry.trace
    from unnest(${streamIds}::text[], ${afters}::int[], ${limits}::int[]) with ordinality
      as page(stream_id, after, size, ordinal)
    cross join lateral (
      select * from stream_entry where stream_id = page.stream_id and seq > page.after
      order by seq limit page.size
    ) as entry
    order by page.ordinal, entry.seq`;
  const pages: Entry[][] = requests.map(() => []);
  for (const { ordinal, ...row } of rows) pages[ordinal - 1]?.push(entryOf(row));
  return pages;
}

/** The last seq of each stream; a stream without entries is at 0. */
async function readHeads(db: Sql, streamIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ id: string; lastSeq: number }[]>`/* logs.heads.read */
    select id, last_seq as "lastSeq" from stream where id = any(${streamIds}::text[])`;
  const known = new Map(rows.map((row) => [row.id, row.lastSeq]));
  return new Map(streamIds.map((id) => [id, known.get(id) ?? 0]));
}

/** Reads the logs of one database, batched. */
export function logReader(db: Sql) {
  const page = createLookup(
    "pages",
    (requests: readonly PageOfLog[]) => readPages(db, requests),
    PAGES_MAX,
  );
  return {
    read: (streamId: string, after: number, limit: number) => page({ streamId, after, limit }),
    heads: (streamIds: readonly string[]) => readHeads(db, streamIds),
  };
}

/** A stream has no gaps, so the position before an entry is one less than its own. */
function entryOf(row: EntryRow): Entry {
  return { ...row, prevSeq: row.seq - 1 };
}

function byStreamAndSeq(a: Entry, b: Entry): number {
  if (a.streamId === b.streamId) return a.seq - b.seq;
  return a.streamId < b.streamId ? -1 : 1;
}
