// Failed jobs, for admins: a list from the newest to the oldest, and another try. The payload of a
// job is never shown, and of an error only texts that no person has entered.
import { z } from "zod";
import type { Sql } from "#kit/data/database";
import type { PageArgs } from "#kit/data/pagination";
import {
  type Connection,
  connectionOf,
  type Edge,
  encodeCursor,
  pageOf,
} from "#kit/data/pagination";
import { notFound } from "#kit/errors";
import {
  type FailedRow,
  readFailedJobs,
  readLetters,
  retryJob,
  retryLetter,
} from "#kit/jobs/failed-store";

const position = z
  .tuple([z.iso.datetime().refine((instant) => !instant.startsWith("0000")), z.string().max(100)])
  .transform(([failedAt, id]) => ({ failedAt: new Date(failedAt), id }));

interface FailedJobs {
  list(database: Sql, args: PageArgs): Promise<Connection<Edge<FailedRow>>>;
  /** Throws `NOT_FOUND` for what is not given up. */
  retry(database: Sql, id: string): Promise<FailedRow>;
}

/** `hasLetters`: this subgraph consumes integration events, so it has their dead letters. */
export function failedJobs({ hasLetters }: { readonly hasLetters: boolean }): FailedJobs {
  return {
    async list(database, args) {
      const page = pageOf(args, position);
      const reads = hasLetters ? [readFailedJobs, readLetters] : [readFailedJobs];
      const found = await Promise.all(
        reads.map((read) => read(database, page.after, page.limit + 1)),
      );
      const rows = found.flat().sort(newestFirst);
      return connectionOf(rows.slice(0, page.limit + 1), page, (row) => ({
        cursor: encodeCursor([row.failedAt.toISOString(), row.id]),
        node: shown(row),
      }));
    },
    async retry(database, id) {
      const [, of, own = ""] = ID.exec(id) ?? [];
      const row = await retried(database, of, own, hasLetters);
      if (!row) throw notFound("failed job", "input.id", id);
      return shown(row);
    },
  };
}

const ID = /^(job|event):(\d{1,18}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;

async function retried(
  database: Sql,
  of: string | undefined,
  own: string,
  hasLetters: boolean,
): Promise<FailedRow | null> {
  const isUuid = own.includes("-");
  if (of === "job" && isUuid) return retryJob(database, own);
  if (of === "event" && !isUuid && hasLetters) return retryLetter(database, own);
  return null;
}

function newestFirst(a: FailedRow, b: FailedRow): number {
  return b.failedAt.getTime() - a.failedAt.getTime() || (a.id < b.id ? 1 : -1);
}

/** Addresses, and what an error message quotes. */
const QUOTED = /[^\s<>"'`]+@[^\s<>"'`]+|"[^"]*"|'[^']*'|`[^`]*`|\([^)]*\)=\([^)]*\)/g;
const REASON_LENGTH_MAX = 300;

function shown(row: FailedRow): FailedRow {
  return { ...row, reason: row.reason.replaceAll(QUOTED, "…").slice(0, REASON_LENGTH_MAX) };
}
