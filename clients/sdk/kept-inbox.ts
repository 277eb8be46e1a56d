// The list of conversations as it is kept: shown where the network is missing, or slow.
import {
  type ConversationFilter,
  Conversations,
  type ConversationsQuery,
  type ConversationsQueryVariables,
} from "./generated/operations.ts";
import { type InboxRow, rowOf } from "./inbox-rows.ts";
import type { Kept } from "./kept.ts";
import type { Network } from "./network.ts";
import { type Clock, pauseFor } from "./platform.ts";
import type { ReadMarks } from "./read-marks.ts";

export interface KeptInboxOptions {
  readonly clock: Clock;
  readonly kept: Kept;
  readonly network: Network;
  readonly readMarks: ReadMarks;
  readonly filter: ConversationFilter;
}

const FIRST = { first: 30 } as const;

/** The first page of a list. */
export function firstOf(filter: ConversationFilter): ConversationsQueryVariables {
  return filter === "ALL" ? FIRST : { ...FIRST, filter };
}

/** So long the list may take before what is kept is shown. */
const PATIENCE_MS = 1_500;
const KEPT_MAX = 60;

/** The rows that are kept, once the list itself is late; null when there are none. */
export async function keptRows({
  clock,
  kept,
  network,
  filter,
}: KeptInboxOptions): Promise<readonly InboxRow[] | null> {
  if (!kept.keeps(Conversations)) return null;
  const patience = pauseFor(clock, PATIENCE_MS);
  const stop = network.subscribe(patience.end);
  if (network.isAway) patience.end();
  await patience.over;
  stop();
  const found = await kept.find(Conversations, firstOf(filter));
  return found?.data.conversations.edges.map(({ node }) => rowOf(node)) ?? null;
}

/** Keeps the rows a moment later, once for many changes. */
export function keepRows(kept: Kept, filter: ConversationFilter, rows: readonly InboxRow[]): void {
  const page = () => ({ conversations: pageOf(rows.slice(0, KEPT_MAX)) });
  kept.keepSoon(Conversations, firstOf(filter), page);
}

type Page = ConversationsQuery["conversations"];
type Edge = Page["edges"][number];

function pageOf(rows: readonly InboxRow[]): Page {
  const pageInfo = { __typename: "PageInfo", hasNextPage: false, endCursor: null } as const;
  return { __typename: "ConversationConnection", edges: rows.map(edgeOf), pageInfo };
}

function edgeOf({ typing: _, lastMessage, members, ...row }: InboxRow): Edge {
  const node = lastMessage && ({ __typename: "MessageEdge", node: lastMessage } as const);
  const messages = { __typename: "MessageConnection", edges: node ? [node] : [] } as const;
  const people = { __typename: "MemberConnection", edges: members } as const;
  return {
    __typename: "ConversationEdge",
    cursor: "",
    node: { __typename: "Conversation", ...row, members: people, messages },
  };
}

/** Rows whose latest message is marked as read have nothing unread, though no server knows it. */
export function withMarks(rows: readonly InboxRow[], marks: ReadMarks): readonly InboxRow[] {
  if (marks.state.getSnapshot().length === 0) return rows;
  return rows.map((row) => {
    const isRead =
      row.unreadCount > 0 && marks.seqOf(row.id) >= (row.lastMessage?.seq ?? row.lastSeq);
    return isRead ? { ...row, unreadCount: 0, unreadMentions: 0 } : row;
  });
}
