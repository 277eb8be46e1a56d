// The list of the viewer's conversations: order, last message, unread, typing. It opens the stream
// first and reads the list second, so that nothing between the two is missed.
import { signedOutError } from "./errors.ts";
import {
  type ConversationFilter,
  ConversationSummary,
  Conversations,
  type ConversationsQuery,
} from "./generated/operations.ts";
import { isListed, mayBring } from "./inbox-lists.ts";
import { Rereads } from "./inbox-rereads.ts";
import {
  byActivity,
  type InboxRow,
  type ListPosition,
  rowOf,
  withInboxEvent,
} from "./inbox-rows.ts";
import { type InboxState, LOADING } from "./inbox-state.ts";
import { InboxTotals } from "./inbox-totals.ts";
import { InboxTyping } from "./inbox-typing.ts";
import { type InsistOptions, insist } from "./insist.ts";
import { firstOf, type KeptInboxOptions, keepRows, keptRows, withMarks } from "./kept-inbox.ts";
import { MuteEnds } from "./mute-ends.ts";
import { createObservable, type Observable } from "./observable.ts";
import { Reopening } from "./reopening.ts";
import type { Run } from "./requests.ts";
import type { InboxEvent, Streams } from "./subscriptions.ts";
import { onViewerGone } from "./viewers.ts";

export interface InboxOptions extends KeptInboxOptions, InsistOptions {
  readonly run: Run;
  readonly streams: Streams;
  readonly filter: ConversationFilter;
}

type Page = ConversationsQuery["conversations"];

interface Read<Data> {
  readonly data: Data;
  readonly since: readonly InboxEvent[];
}

export class Inbox implements Observable<InboxState> {
  readonly getSnapshot: () => InboxState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly #options: InboxOptions;
  readonly #state = createObservable(LOADING);
  readonly #rows = new Map<string, InboxRow>();
  readonly #rereads = new Rereads((id) => this.#readRow(id));
  readonly #muteEnds: MuteEnds;
  readonly #totals: InboxTotals;
  readonly #reopening: Reopening;
  /** For each read on its way, the events since it began. */
  readonly #recorders = new Set<InboxEvent[]>();
  /** Until the list is read, events are only recorded. */
  #isListing = false;
  #cursor: string | null = null;
  /** The last row of the pages that were read. What is behind it belongs to later pages. */
  #end: ListPosition | null = null;
  #isClosed = false;
  #closeStream = () => {};
  readonly #typing: InboxTyping;
  readonly #closers: readonly (() => void)[];

  constructor(options: InboxOptions) {
    this.#options = options;
    this.#typing = new InboxTyping(options.clock, (id, typing) => this.#showTyping(id, typing));
    this.getSnapshot = this.#state.getSnapshot;
    this.subscribe = this.#state.subscribe;
    this.#muteEnds = new MuteEnds(options.clock, (id) => this.#rereads.add(id));
    this.#totals = new InboxTotals({ ...options, onChange: () => this.#show() });
    this.#reopening = new Reopening({ ...options, reopen: () => this.#open() });
    // A missed signal is no loss.
    const closeSignals = options.streams.inboxSignals({
      next: ({ conversationId: id, user, isTyping }) => {
        if (user && this.#rows.has(id)) this.#typing.set(id, user.id, isTyping);
      },
    });
    const stopWatching = onViewerGone(options.session, () => {
      this.close();
      this.#state.set({ ...LOADING, status: "failed", error: signedOutError() });
    });
    const stopMarking = options.readMarks.state.subscribe(() => this.#show());
    this.#closers = [closeSignals, stopWatching, stopMarking];
    this.#open();
    void keptRows(options).then((rows) => this.#showKept(rows));
  }

  /** Reads the next page. Rejects when that fails; nothing changes then. */
  async loadMore(): Promise<void> {
    const after = this.#cursor;
    if (after === null) return;
    const variables = { ...firstOf(this.#options.filter), after };
    const { data, since } = await this.#reading((run) => run(Conversations, variables));
    if (!this.#isClosed && this.#cursor === after) this.#add(data.conversations, since);
  }

  close(): void {
    this.#isClosed = true;
    for (const close of this.#closers) close();
    this.#closeStream();
    for (const part of [this.#typing, this.#muteEnds, this.#totals, this.#reopening]) part.close();
  }

  #open(): void {
    this.#isListing = true;
    this.#closeStream = this.#options.streams.inboxEvents({
      next: (event) => this.#receive(event),
      resync: () => this.#open(),
      error: (error) => this.#fail(error),
    });
  }

  /** Until the list is read. */
  #showKept(rows: readonly InboxRow[] | null): void {
    if (!rows || this.#isClosed || this.#state.getSnapshot().status !== "loading") return;
    for (const row of rows) this.#put(row);
    this.#show({ status: "ready" });
  }

  #receive(event: InboxEvent): void {
    if (event.__typename === "InboxOpened") {
      if (this.#isListing) void this.#readList();
      return;
    }
    for (const since of this.#recorders) since.push(event);
    if (this.#isListing) return;
    this.#apply(event);
    this.#totals.recountSoon();
    if (event.__typename === "MessageSent" && event.actor) {
      this.#typing.set(event.conversationId, event.actor.id, false);
    }
    this.#show();
  }

  async #readList(): Promise<void> {
    const first = firstOf(this.#options.filter);
    const read = await this.#insist((run) => run(Conversations, first, { isFresh: true }));
    if (!read) return;
    this.#isListing = false;
    this.#rows.clear();
    this.#totals.begin();
    this.#reopening.succeeded();
    this.#add(read.data.conversations, read.since);
    this.#show({ status: "ready", error: null });
  }

  #add({ edges, pageInfo }: Page, since: readonly InboxEvent[]): void {
    for (const { node } of edges) this.#put(rowOf(node));
    for (const event of since) this.#apply(event);
    this.#cursor = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    this.#end = (this.#cursor !== null && edges.at(-1)?.node) || null;
    this.#show();
  }

  /** Takes a row as the server gave it, unless it is older than what is here. */
  #put(row: InboxRow): void {
    const known = this.#rows.get(row.id);
    const isOlder = known && (row.lastSeq < known.lastSeq || row.readSeq < known.readSeq);
    if (!isOlder) this.#rows.set(row.id, { ...row, typing: known?.typing ?? [] });
  }

  #delete(conversationId: string): void {
    this.#rows.delete(conversationId);
    this.#typing.remove(conversationId);
  }

  #showTyping(id: string, typing: readonly string[]): void {
    const row = this.#rows.get(id);
    if (row) this.#rows.set(id, { ...row, typing });
    this.#show();
  }

  #apply(event: InboxEvent): void {
    if (event.__typename === "InboxOpened" || event.__typename === "MessageRequestChanged") return;
    const { conversationId } = event;
    const row = this.#rows.get(conversationId);
    if (event.__typename === "ConversationRemoved") {
      this.#delete(conversationId);
    } else if (event.__typename === "ConversationAdded") {
      if (event.conversation) this.#put(rowOf(event.conversation));
    } else if (row) {
      const applied = withInboxEvent(row, event, this.#viewerId());
      this.#rows.set(conversationId, applied.row);
      if (applied.isIncomplete) this.#rereads.add(conversationId);
    } else if (mayBring(event)) {
      // It is behind the pages that were read, or was in no list, and may be in this one now.
      this.#rereads.add(conversationId);
    }
  }

  async #readRow(id: string): Promise<void> {
    const read = await this.#insist((run) => run(ConversationSummary, { id }));
    if (!read) return;
    if (read.data.conversation) this.#put(rowOf(read.data.conversation));
    else this.#delete(id);
    for (const event of read.since) {
      if ("conversationId" in event && event.conversationId === id) this.#apply(event);
    }
    this.#show();
  }

  /** Null when there is no answer, and will be none. */
  async #insist<Data>(read: (run: Run) => Promise<Data>): Promise<Read<Data> | null> {
    const isOver = () => this.#isClosed;
    try {
      const result = await insist(() => this.#reading(read), this.#options, isOver);
      return isOver() ? null : result;
    } catch (error) {
      if (!isOver()) this.#fail(error);
      return null;
    }
  }

  /** Reads, and records the events meanwhile. */
  async #reading<Data>(read: (run: Run) => Promise<Data>): Promise<Read<Data>> {
    const since: InboxEvent[] = [];
    this.#recorders.add(since);
    try {
      return { data: await read(this.#options.run), since };
    } finally {
      this.#recorders.delete(since);
    }
  }

  #viewerId(): string {
    return this.#options.session.getSnapshot().viewerId ?? "";
  }

  /** It goes on once the server can serve it again. */
  #fail(error: unknown): void {
    this.#closeStream();
    this.#reopening.failed();
    this.#show({ status: "failed", error });
  }

  #show(change: Partial<InboxState> = {}): void {
    const { filter, readMarks, kept } = this.#options;
    const [end, hasMore] = [this.#end, this.#cursor !== null];
    const sorted = [...this.#rows.values()].sort(byActivity);
    const reached = end ? sorted.filter((row) => byActivity(row, end) <= 0) : sorted;
    const isIn = (row: InboxRow) => isListed(row, filter);
    const rows = withMarks(reached, readMarks).filter(isIn);
    this.#muteEnds.follow(this.#rows.values());
    const totals = this.#totals.of(withMarks(sorted, readMarks), hasMore);
    this.#state.set({ ...this.#state.getSnapshot(), ...totals, rows, hasMore, ...change });
    if (!this.#isListing) keepRows(kept, filter, reached.filter(isIn));
  }
}
