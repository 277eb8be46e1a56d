// The state that a list of conversations shows.
import type { Totals } from "./inbox-lists.ts";
import type { InboxRow } from "./inbox-rows.ts";

/** The totals are those of all conversations, and only a list of all has them. */
export interface InboxState extends Totals {
  readonly status: "loading" | "ready" | "failed";
  /** Of `failed`. */
  readonly error: unknown;
  /** Up to the end of the pages that were read. */
  readonly rows: readonly InboxRow[];
  readonly hasMore: boolean;
}

export const NOTHING: Totals = { totalUnread: 0, unreadMentions: 0 };

export const LOADING: InboxState = {
  ...NOTHING,
  status: "loading",
  error: null,
  rows: [],
  hasMore: false,
};
