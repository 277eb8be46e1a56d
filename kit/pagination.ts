// Relay connections: checks paging arguments, makes opaque cursors, and cuts a page out of rows
// read one beyond its end.
import type { z } from "zod";
import { badInput } from "#kit/errors";
import { describeReceived } from "#kit/formats";

export const PAGE_DEFAULT = 20;
export const PAGE_MAX = 100;

export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/**
 * A page to read: at most `limit` rows behind `after`. Read `limit + 1` to learn whether more
 * follow.
 */
export interface Page<Position> {
  readonly limit: number;
  readonly after: Position | null;
}

/** Reads paging arguments; `position` is the shape of what this connection's cursors hold. */
export function pageOf<Position>(args: PageArgs, position: z.ZodType<Position>): Page<Position> {
  const limit = args.first ?? PAGE_DEFAULT;
  if (limit < 1 || limit > PAGE_MAX) {
    throw badInput([
      {
        field: "first",
        message: `must be between 1 and ${PAGE_MAX}, got ${limit}`,
        received: limit,
      },
    ]);
  }
  if (args.after === null || args.after === undefined) return { limit, after: null };
  return { limit, after: decodeCursor(args.after, position) };
}

export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

function decodeCursor<Position>(cursor: string, position: z.ZodType<Position>): Position {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    const { text, received } = describeReceived(cursor, false);
    throw badInput([
      { field: "after", message: `must be a cursor of this connection, got ${text}`, received },
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

/** Cuts a page out of up to `limit + 1` rows; `edgeOf` turns a row into its edge. */
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
