// The unread messages of all conversations. As long as the list has more pages, the server counts
// them.
import { type ConversationFilter, TotalUnread } from "./generated/operations.ts";
import { type Totals, totalsOf } from "./inbox-lists.ts";
import type { InboxRow } from "./inbox-rows.ts";
import { NOTHING } from "./inbox-state.ts";
import type { Clock } from "./platform.ts";
import type { Run } from "./requests.ts";

interface TotalsOptions {
  readonly run: Run;
  readonly clock: Clock;
  readonly filter: ConversationFilter;
  /** The server has counted again. */
  readonly onChange: () => void;
}

/** The server counts once for all events of so long. */
const RECOUNT_MS = 1_000;

export class InboxTotals {
  readonly #options: TotalsOptions;
  #counted: Totals | null = null;
  #isCountedByServer = false;
  #cancel: (() => void) | null = null;
  #isClosed = false;

  constructor(options: TotalsOptions) {
    this.#options = options;
  }

  /** `rows` are all that are known. */
  of(rows: readonly InboxRow[], hasMore: boolean): Totals {
    if (this.#options.filter !== "ALL") return NOTHING;
    const isNew = hasMore && !this.#isCountedByServer;
    this.#isCountedByServer = hasMore;
    if (isNew) void this.#count();
    return (hasMore && this.#counted) || totalsOf(rows);
  }

  /** The list was read anew. */
  begin(): void {
    this.#isCountedByServer = false;
  }

  /** After an event. */
  recountSoon(): void {
    if (!this.#isCountedByServer || this.#cancel) return;
    this.#cancel = this.#options.clock.after(RECOUNT_MS, () => {
      this.#cancel = null;
      void this.#count();
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel?.();
  }

  async #count(): Promise<void> {
    try {
      const { me } = await this.#options.run(TotalUnread, {});
      if (this.#isClosed) return;
      const { totalUnread, unreadMentions } = me ?? {};
      this.#counted = { totalUnread: totalUnread ?? 0, unreadMentions: unreadMentions ?? 0 };
      this.#options.onChange();
    } catch {
      // The next event, or the list once it is read again, asks anew.
    }
  }
}
