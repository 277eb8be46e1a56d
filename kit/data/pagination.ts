// Relay connections: checks paging arguments, makes opaque cursors, and builds a page from rows
// that were read with one beyond its end.
import type { z } from "zod";
import { badInput } from "#kit/errors";
import { describeReceived } from "#kit/input/formats";

export const PAGE_DEFAULT = 20;
export const PAGE_MAX = 100;

export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** A page to read: at most `limit` rows behind `after`. Read one more to learn if more follow. */
export interface Page<Position> {
  readonly limit: number;
  readonly after: Position | null;
}

/** Checks paging arguments; `position` is the shape of this connection's cursors. */
export function pageOf<Position>(args: PageArgs, position: z.ZodType<Position>): Page<Position> {
  const limit = limitOf(args.first, "first");
  return { limit, after: cursorOf(args.after, "after", position) };
}

export interface LastPageArgs {
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/**
 * Checks the arguments of a page that is read backwards from the end; its `after` is the position
 * before which it ends.
 */
export function lastPageOf<Position>(
  args: LastPageArgs,
  position: z.ZodType<Position>,
): Page<Position> {
  const limit = limitOf(args.last, "last");
  return { limit, after: cursorOf(args.before, "before", position) };
}

function limitOf(wanted: number | null | undefined, field: string): number {
  const limit = wanted ?? PAGE_DEFAULT;
  if (limit >= 1 && limit <= PAGE_MAX) return limit;
  throw badInput([
    { field, message: `must be between 1 and ${PAGE_MAX}, got ${limit}`, received: limit },
  ]);
}

function cursorOf<Position>(
  cursor: string | null | undefined,
  field: string,
  position: z.ZodType<Position>,
): Position | null {
  if (cursor === null || cursor === undefined) return null;
  return decodeCursor(cursor, field, position);
}

export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

function decodeCursor<Position>(
  cursor: string,
  field: string,
  position: z.ZodType<Position>,
): Position {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    const { text, received } = describeReceived(cursor, false);
    throw badInput([
      { field, message: `must be a cursor of this connection, got ${text}`, received },
    ]);
  }
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

export interface Connection<E> {
  readonly edges: E[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** Builds a page from up to `limit + 1` rows; `edgeOf` makes the edge of a row. */
export function connectionOf<Row, E extends { readonly cursor: string }>(
  rows: readonly Row[],
  page: Page<unknown>,
  edgeOf: (row: Row) => E,
): Connection<E> {
  const edges = rows.slice(0, page.limit).map(edgeOf);
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > page.limit,
      hasPreviousPage: page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
