// Pages of messages from the beginning, from the end, or around a seq, of the main timeline or of a
// thread. Always oldest first.
import { z } from "zod";
import type { PagesLoader } from "#kit/data/loaders";
import { encodeCursor, lastPageOf, pageOf } from "#kit/data/pagination";
import { badInput } from "#kit/errors";
import type { SeqRange } from "./members/store.ts";
import { type MessageConnectionRow, type MessageRow, SEQ_MAX } from "./messages/store.ts";

const position = z.int32().min(0);

export interface MessagesArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
  readonly aroundSeq?: number | null | undefined;
}

type Messages = MessageConnectionRow;

/** Messages that are paged together. */
export interface PagedMessages {
  /** A conversation, or the root of a thread. */
  readonly parentId: string;
  /** The conversation whose other entries lie between the messages; null for none. */
  readonly conversationId: string | null;
  /** The viewer sees nothing up to here. */
  readonly clearedSeq?: number;
  readonly after: PagesLoader<number, MessageRow>;
  readonly before: PagesLoader<number, MessageRow>;
}

/** The page of messages that the arguments describe. */
export async function messagesPage(paged: PagedMessages, args: MessagesArgs): Promise<Messages> {
  const { parentId } = paged;
  refuseMixtures(args);
  const { aroundSeq } = args;
  if (aroundSeq !== null && aroundSeq !== undefined) {
    return around(paged, aroundSeq, pageOf({ first: args.first }, position).limit);
  }
  if (isGiven(args.first) || isGiven(args.after)) {
    const page = pageOf(args, position);
    const rows = await paged.after.load({ parentId, page });
    const shown = rows.slice(0, page.limit);
    const beforeSeq = rows.length > page.limit ? shown.at(-1)?.seq : undefined;
    const range = rangeOf(paged, page.after, beforeSeq);
    return messages(shown, page.after !== null, rows.length > page.limit, range);
  }
  const page = lastPageOf(args, position);
  const rows = await paged.before.load({ parentId, page });
  const shown = rows.slice(0, page.limit).reverse();
  const afterSeq = rows.length > page.limit ? shown[0]?.seq : undefined;
  const range = rangeOf(paged, afterSeq, page.after);
  return messages(shown, rows.length > page.limit, page.after !== null, range);
}

/** Half of the page up to `aroundSeq`, half behind it; a short side leaves room to the other. */
async function around(paged: PagedMessages, aroundSeq: number, limit: number): Promise<Messages> {
  const { parentId } = paged;
  const end = aroundSeq < SEQ_MAX ? aroundSeq + 1 : null;
  const [earlier, later] = await Promise.all([
    paged.before.load({ parentId, page: { limit, after: end } }),
    paged.after.load({ parentId, page: { limit, after: aroundSeq } }),
  ]);
  const before = Math.min(earlier.length, limit - Math.min(later.length, Math.floor(limit / 2)));
  const behind = Math.min(later.length, limit - before);
  const shown = [...earlier.slice(0, before).reverse(), ...later.slice(0, behind)];
  const [hasEarlier, hasLater] = [earlier.length > before, later.length > behind];
  const ends = [hasEarlier ? shown[0]?.seq : null, hasLater ? shown.at(-1)?.seq : null] as const;
  const range = rangeOf(paged, ...ends);
  return messages(shown, hasEarlier, hasLater, range);
}

/** A part of no log. The id is valid, because the database reads it. */
const NO_PART: SeqRange = {
  conversationId: "00000000-0000-0000-0000-000000000000",
  afterSeq: 0,
  beforeSeq: 0,
};

/** Without an end, the part of the log goes on to the beginning, or to what comes next. */
function rangeOf(
  { conversationId, clearedSeq = 0 }: PagedMessages,
  afterSeq: number | null | undefined,
  beforeSeq: number | null | undefined,
): SeqRange {
  if (conversationId === null) return NO_PART;
  const start = Math.max(afterSeq ?? 0, clearedSeq);
  return { conversationId, afterSeq: start, beforeSeq: beforeSeq ?? SEQ_MAX };
}

function messages(
  rows: readonly MessageRow[],
  hasPreviousPage: boolean,
  hasNextPage: boolean,
  range: SeqRange,
): Messages {
  const edges = rows.map((node) => ({ cursor: encodeCursor(node.seq), node }));
  const [startCursor, endCursor] = [edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null];
  return { edges, pageInfo: { hasNextPage, hasPreviousPage, startCursor, endCursor }, range };
}

function refuseMixtures(args: MessagesArgs): void {
  const isFromEnd = isGiven(args.last) || isGiven(args.before);
  if (isFromEnd && (isGiven(args.first) || isGiven(args.after))) {
    throw mixture("last", "last and before do not go with first and after", args.last);
  }
  if (isGiven(args.aroundSeq) && (isFromEnd || isGiven(args.after))) {
    throw mixture("aroundSeq", "goes with first alone", args.aroundSeq);
  }
}

function mixture(field: string, message: string, received: number | null | undefined) {
  return badInput([{ field, message, received: received ?? null }]);
}

function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined;
}
