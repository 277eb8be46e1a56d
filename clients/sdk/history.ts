// The messages of one conversation that are here, and the pages on both sides of them.
import { NetworkError } from "./errors.ts";
import {
  ConversationPage as ConversationPageOperation,
  type ConversationPageQueryVariables,
} from "./generated/operations.ts";
import type { ConversationPage, Quote } from "./messages.ts";
import type { OwnView } from "./own-view.ts";
import type { Run } from "./requests.ts";
import type { Session } from "./session.ts";
import type { ConversationEvent } from "./subscriptions.ts";
import { withOwnMarks } from "./thread-marks.ts";
import {
  EMPTY,
  hasAllBehind,
  type Meanwhile,
  type MessageText,
  type Timeline,
  timelineOf,
  withEvent,
  withPage,
  withQuote,
  withText,
} from "./timeline.ts";

export interface HistoryOptions {
  readonly conversationId: string;
  readonly run: Run;
  readonly session: Session;
  readonly view: OwnView;
  /** A page has come, and the timeline has it. */
  readonly onPage: (page: ConversationPage) => void;
}

const PAGE = 50;

/** The page with which a conversation begins, where all that is unread is on it. */
export const LATEST = { last: PAGE } as const;

type Paging = Omit<ConversationPageQueryVariables, "id">;

export class History {
  readonly #options: HistoryOptions;
  #timeline = EMPTY;
  /** Of messages that came in pages, by id. */
  readonly #cursors = new Map<string, string>();
  /** Marks and follows of threads that came while this is open. */
  readonly #threads = { reads: new Map<string, number>(), follows: new Map<string, boolean>() };
  /** Events since the page on its way was asked for; null when none is. */
  #since: ConversationEvent[] | null = null;
  /** Counts beginnings: a page that was asked for before one is of no use. */
  #beginnings = 0;

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  get timeline(): Timeline {
    return this.#timeline;
  }

  /**
   * The page to begin with: the latest messages, or those around the first unread one where that is
   * not among them. When events were lost, it is the page of the place that is shown.
   */
  async firstPage(): Promise<ConversationPage | null> {
    const { messages, laterCursor } = this.#timeline;
    const middle = messages[messages.length >> 1];
    if (laterCursor !== null && middle) return this.#read({ first: PAGE, aroundSeq: middle.seq });
    const page = await this.#read(LATEST);
    if (!page || page.unreadCount === 0) return page;
    const isUnreadHere = hasAllBehind(timelineOf(page, this.#meanwhile([])), page.readSeq);
    if (isUnreadHere) return page;
    return this.#read({ first: PAGE, aroundSeq: page.readSeq + 1 }).catch((error: unknown) => {
      // Without a network, the latest messages are better than none.
      if (error instanceof NetworkError) return page;
      throw error;
    });
  }

  cursorOf(messageId: string): string | undefined {
    return this.#cursors.get(messageId);
  }

  /** Events behind the page's `lastSeq` follow. */
  begin(page: ConversationPage): void {
    this.#beginnings += 1;
    this.#since = null;
    this.#timeline = this.#asSeen(timelineOf(page, this.#meanwhile([])));
    this.#options.onPage(page);
  }

  received(event: ConversationEvent): void {
    this.#since?.push(event);
    // A reply follows the thread, whatever its writer chose before.
    const isOwn = event.__typename === "MessageSent" && event.actor?.id === this.#viewerId();
    if (isOwn) this.#threads.follows.delete(event.message?.threadRootId ?? "");
    this.#timeline = this.#asSeen(withEvent(this.#timeline, event, this.#viewerId()));
  }

  /** The viewer has read a thread up to there, here or on another device. */
  threadRead(rootId: string, seq: number): void {
    const { reads } = this.#threads;
    reads.set(rootId, Math.max(seq, reads.get(rootId) ?? 0));
    this.#timeline = this.#asSeen(this.#timeline);
  }

  /** The viewer follows a thread, or no longer, as they chose on any device. */
  threadFollowed(rootId: string, isFollowing: boolean): void {
    this.#threads.follows.set(rootId, isFollowing);
    this.#timeline = this.#asSeen(this.#timeline);
  }

  /** The viewer does not see something any more. */
  hidden(): void {
    this.#timeline = this.#asSeen(this.#timeline);
  }

  accepted(text: MessageText): void {
    this.#timeline = this.#asSeen(withText(this.#timeline, text));
  }

  quoted(quote: Quote): void {
    this.#timeline = this.#asSeen(withQuote(this.#timeline, quote));
  }

  clear(): void {
    this.#beginnings += 1;
    this.#timeline = EMPTY;
  }

  async loadEarlier(): Promise<void> {
    const before = this.#timeline.earlierCursor;
    if (before === null) return;
    await this.#load({ last: PAGE, before, members: 1 }, (page, meanwhile) =>
      withPage(this.#timeline, "earlier", page, meanwhile),
    );
  }

  async loadLater(): Promise<void> {
    const after = this.#timeline.laterCursor;
    if (after === null) return;
    await this.#load({ first: PAGE, after, members: 1 }, (page, meanwhile) =>
      withPage(this.#timeline, "later", page, meanwhile),
    );
  }

  async jumpTo(seq: number): Promise<void> {
    await this.#load({ first: PAGE, aroundSeq: seq, members: 1 }, timelineOf, true);
  }

  async jumpToEnd(): Promise<void> {
    if (this.#timeline.laterCursor === null) return;
    await this.#load({ last: PAGE, members: 1 }, timelineOf, true);
  }

  async #load(
    paging: Paging,
    take: (page: ConversationPage, meanwhile: Meanwhile) => Timeline,
    /** A page for the place that the reader leaves is of no use any more. */
    isJump = false,
  ): Promise<void> {
    if ((this.#since && !isJump) || this.#beginnings === 0) return;
    const since: ConversationEvent[] = [];
    this.#since = since;
    try {
      const page = await this.#read(paging);
      if (!page || this.#since !== since) return;
      this.#timeline = this.#asSeen(take(page, this.#meanwhile(since)));
      this.#options.onPage(page);
    } finally {
      if (this.#since === since) this.#since = null;
    }
  }

  async #read(paging: Paging): Promise<ConversationPage | null> {
    const { run, conversationId: id } = this.#options;
    const { conversation } = await run(ConversationPageOperation, { id, ...paging });
    for (const { node, cursor } of conversation?.messages.edges ?? []) {
      this.#cursors.set(node.id, cursor);
    }
    return conversation;
  }

  /** With the marks of the viewer, and without what they do not see any more. */
  #asSeen(timeline: Timeline): Timeline {
    const visible = this.#options.view.of(timeline);
    const messages = withOwnMarks(visible.messages, this.#threads);
    return messages === visible.messages ? visible : { ...visible, messages };
  }

  #meanwhile(events: readonly ConversationEvent[]): Meanwhile {
    return { events, viewerId: this.#viewerId() };
  }

  #viewerId(): string | null {
    return this.#options.session.getSnapshot().viewerId;
  }
}
