// The state that a list of conversations shows.
import type { InboxRow } from "./inbox-rows.ts";

export interface InboxState {
  readonly status: "loading" | "ready" | "failed";
  /** Of `failed`. */
  readonly error: unknown;
  /** Up to the end of the pages that were read. */
  readonly rows: readonly InboxRow[];
  readonly hasMore: boolean;
}

export const LOADING: InboxState = { status: "loading", error: null, rows: [], hasMore: false };
