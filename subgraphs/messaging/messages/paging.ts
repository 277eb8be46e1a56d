// Pages of messages from the beginning, from the end, or around a seq. Always oldest first.
import { z } from "zod";
import { encodeCursor, lastPageOf, pageOf } from "#kit/data/pagination";
import { badInput } from "#kit/errors";
import type { SeqRange } from "../members/store.ts";
import type { MessageLoaders } from "./loaders.ts";
import { type MessageConnectionRow, type MessageRow, SEQ_MAX } from "./store.ts";

const position = z.int32().min(0);

export interface MessagesArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
  readonly aroundSeq?: number | null | undefined;
}

type Messages = MessageConnectionRow;

/** The page of a conversation's messages that the arguments describe. */
export async function messagesPage(
  loaders: MessageLoaders,
  parentId: string,
  args: MessagesArgs,
): Promise<Messages> {
  refuseMixtures(args);
  const { aroundSeq } = args;
  if (aroundSeq !== null && aroundSeq !== undefined) {
    return around(loaders, parentId, aroundSeq, pageOf({ first: args.first }, position).limit);
  }
  if (isGiven(args.first) || isGiven(args.after)) {
    const page = pageOf(args, position);
    const rows = await loaders.messagesAfter.load({ parentId, page });
    const shown = rows.slice(0, page.limit);
    const beforeSeq = rows.length > page.limit ? shown.at(-1)?.seq : undefined;
    const range = { conversationId: parentId, ...rangeOf(page.after, beforeSeq) };
    return messages(shown, page.after !== null, rows.length > page.limit, range);
  }
  const page = lastPageOf(args, position);
  const rows = await loaders.messagesBefore.load({ parentId, page });
  const shown = rows.slice(0, page.limit).reverse();
  const afterSeq = rows.length > page.limit ? shown[0]?.seq : undefined;
  const range = { conversationId: parentId, ...rangeOf(afterSeq, page.after) };
  return messages(shown, rows.length > page.limit, page.after !== null, range);
}

/** Half of the page up to `aroundSeq`, half behind it; a short side leaves room to the other. */
async function around(
  loaders: MessageLoaders,
  parentId: string,
  aroundSeq: number,
  limit: number,
): Promise<Messages> {
  const end = aroundSeq < SEQ_MAX ? aroundSeq + 1 : null;
  const [earlier, later] = await Promise.all([
    loaders.messagesBefore.load({ parentId, page: { limit, after: end } }),
    loaders.messagesAfter.load({ parentId, page: { limit, after: aroundSeq } }),
  ]);
  const before = Math.min(earlier.length, limit - Math.min(later.length, Math.floor(limit / 2)));
  const behind = Math.min(later.length, limit - before);
  const shown = [...earlier.slice(0, before).reverse(), ...later.slice(0, behind)];
  const [hasEarlier, hasLater] = [earlier.length > before, later.length > behind];
  const ends = [hasEarlier ? shown[0]?.seq : null, hasLater ? shown.at(-1)?.seq : null] as const;
  const range = { conversationId: parentId, ...rangeOf(...ends) };
  return messages(shown, hasEarlier, hasLater, range);
}

/** Without an end, the part of the log goes on to the beginning, or to what comes next. */
function rangeOf(afterSeq: number | null | undefined, beforeSeq: number | null | undefined) {
  return { afterSeq: afterSeq ?? 0, beforeSeq: beforeSeq ?? SEQ_MAX };
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
