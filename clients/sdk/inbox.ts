// The list of the viewer's conversations: order, last message, unread. It opens the stream first
// and reads the list second, so that nothing between the two is missed.

import {
  ConversationPage,
  Conversations,
  type ConversationsQuery,
} from "./generated/operations.ts";
import { type InboxRow, rowOf, sorted, withInboxEvent } from "./inbox-rows.ts";
import { insist } from "./insist.ts";
import { createObservable, type Observable } from "./observable.ts";
import type { Clock } from "./platform.ts";
import type { Run } from "./requests.ts";
import type { Session } from "./session.ts";
import type { InboxEvent, Streams } from "./subscriptions.ts";

export interface InboxState {
  readonly status: "loading" | "ready" | "failed";
  /** Of `failed`. */
  readonly error: unknown;
  readonly rows: readonly InboxRow[];
  readonly hasMore: boolean;
}

export interface InboxOptions {
  readonly run: Run;
  readonly session: Session;
  readonly streams: Streams;
  readonly clock: Clock;
  readonly random: () => number;
}

const PAGE = 30;
/**
 * A count that the server gives may have messages in it whose events come up to so much later. One
 * that comes within this time is not counted by guess: the conversation is read again.
 */
const DOUBT_MS = 2_000;

type Page = ConversationsQuery["conversations"];

interface Read<Data> {
  readonly data: Data;
  readonly since: readonly InboxEvent[];
}

const LOADING: InboxState = { status: "loading", error: null, rows: [], hasMore: false };

export class Inbox implements Observable<InboxState> {
  readonly getSnapshot: () => InboxState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly #options: InboxOptions;
  readonly #state = createObservable(LOADING);
  readonly #rows = new Map<string, InboxRow>();
  /** When the server last gave the count of a row. */
  readonly #countedAt = new Map<string, number>();
  /** Conversations that will be read again. */
  readonly #due = new Map<string, () => void>();
  /** For each read on its way, the events since it began. */
  readonly #recorders = new Set<InboxEvent[]>();
  /** Until the list is read, events are only recorded. */
  #isListing = false;
  #cursor: string | null = null;
  #isClosed = false;
  #closeStream = () => {};

  constructor(options: InboxOptions) {
    this.#options = options;
    this.getSnapshot = this.#state.getSnapshot;
    this.subscribe = this.#state.subscribe;
    this.#open();
  }

  /** Reads the next page. Rejects when that fails; nothing changes then. */
  async loadMore(): Promise<void> {
    const after = this.#cursor;
    if (after === null) return;
    const { data, since } = await this.#reading((run) =>
      run(Conversations, { first: PAGE, after }),
    );
    if (!this.#isClosed && this.#cursor === after) this.#add(data.conversations, since);
  }

  close(): void {
    this.#isClosed = true;
    this.#closeStream();
    for (const cancel of this.#due.values()) cancel();
  }

  #open(): void {
    this.#isListing = true;
    this.#closeStream = this.#options.streams.inboxEvents({
      next: (event) => this.#receive(event),
      resync: () => this.#open(),
      error: (error) => this.#fail(error),
    });
  }

  #receive(event: InboxEvent): void {
    if (event.__typename === "InboxOpened") {
      if (this.#isListing) void this.#readList();
      return;
    }
    for (const since of this.#recorders) since.push(event);
    if (this.#isListing) return;
    this.#apply(event);
    this.#show();
  }

  async #readList(): Promise<void> {
    const read = await this.#insist((run) => run(Conversations, { first: PAGE }));
    if (!read) return;
    this.#isListing = false;
    this.#rows.clear();
    this.#add(read.data.conversations, read.since);
    this.#state.set({ ...this.#state.getSnapshot(), status: "ready" });
  }

  #add({ edges, pageInfo }: Page, since: readonly InboxEvent[]): void {
    for (const { node } of edges) {
      if (!this.#rows.has(node.id)) this.#put(rowOf(node));
    }
    for (const event of since) this.#apply(event);
    this.#cursor = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    this.#show();
  }

  /** Takes a row as the server gave it. Events that it may not know must be applied after it. */
  #put(row: InboxRow): void {
    this.#rows.set(row.id, row);
    this.#countedAt.set(row.id, this.#options.clock.now());
  }

  #apply(event: InboxEvent): void {
    if (!("conversationId" in event)) return;
    const { conversationId } = event;
    const row = this.#rows.get(conversationId);
    if (event.__typename === "ConversationRemoved") {
      this.#rows.delete(conversationId);
    } else if (event.__typename === "ConversationAdded") {
      this.#readAgain(conversationId, 0);
    } else if (event.__typename === "ConversationRead") {
      if (row) this.#readAgain(conversationId, 0);
    } else if (!row) {
      // It is behind the pages that were read, and comes to the front now.
      if (event.__typename === "MessageSent") this.#readAgain(conversationId, 0);
    } else {
      const applied = withInboxEvent(row, event, this.#viewerId());
      this.#rows.set(conversationId, applied.row);
      const countedMs = this.#options.clock.now() - (this.#countedAt.get(conversationId) ?? 0);
      const isDoubtful = applied.row.unreadCount !== row.unreadCount && countedMs < DOUBT_MS;
      if (applied.isIncomplete) this.#readAgain(conversationId, 0);
      else if (isDoubtful) this.#readAgain(conversationId, DOUBT_MS);
    }
  }

  /** Reads one conversation again, once for all reasons that there are by then. */
  #readAgain(conversationId: string, ms: number): void {
    if (this.#due.has(conversationId) && ms > 0) return;
    this.#due.get(conversationId)?.();
    const cancel = this.#options.clock.after(ms, () => {
      this.#due.delete(conversationId);
      void this.#readRow(conversationId);
    });
    this.#due.set(conversationId, cancel);
  }

  async #readRow(id: string): Promise<void> {
    const read = await this.#insist((run) => run(ConversationPage, { id, last: 1 }));
    if (!read) return;
    const { conversation } = read.data;
    if (conversation) this.#put(rowOf(conversation));
    else this.#rows.delete(id);
    for (const event of read.since) {
      if ("actor" in event && event.conversationId === id) this.#apply(event);
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

  #fail(error: unknown): void {
    this.#closeStream();
    this.#state.set({ ...this.#state.getSnapshot(), status: "failed", error });
  }

  #show(): void {
    this.#state.set({
      ...this.#state.getSnapshot(),
      rows: sorted(this.#rows.values()),
      hasMore: this.#cursor !== null,
    });
  }
}
