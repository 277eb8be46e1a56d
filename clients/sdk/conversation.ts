// One conversation as a screen has it: its messages and what is on its way, who is typing, what is
// unread. It reads a page, follows the stream behind it, and needs no other refetch.

import { type ConversationState, LOADING } from "./conversation-state.ts";
import {
  ConversationPage as ConversationPageOperation,
  type ConversationPageQueryVariables,
  MarkRead,
  SetTyping,
} from "./generated/operations.ts";
import { insist } from "./insist.ts";
import { createObservable, type Observable } from "./observable.ts";
import type { Outbox } from "./outbox.ts";
import type { Clock } from "./platform.ts";
import type { Run } from "./requests.ts";
import type { Session } from "./session.ts";
import type { ConversationEvent, Streams } from "./subscriptions.ts";
import {
  type ConversationPage,
  EMPTY,
  hasAllBehind,
  type Meanwhile,
  type Timeline,
  timelineOf,
  unreadIn,
  withEvent,
  withPage,
} from "./timeline.ts";
import { Typing } from "./typing.ts";

export interface ConversationOptions {
  readonly conversationId: string;
  readonly run: Run;
  readonly session: Session;
  readonly streams: Streams;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly random: () => number;
}

const PAGE = 50;

export class Conversation implements Observable<ConversationState> {
  readonly getSnapshot: () => ConversationState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly #options: ConversationOptions;
  readonly #state = createObservable(LOADING);
  readonly #typing: Typing;
  #timeline = EMPTY;
  #readSeq = 0;
  /** Unread messages outside the timeline: as the server counted them, and what came since. */
  #unreadElsewhere = 0;
  /** Events since the page on its way was asked for. */
  #since: ConversationEvent[] = [];
  #isLoading = false;
  #isClosed = false;
  #closeStreams = () => {};
  readonly #leaveOutbox: () => void;

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.getSnapshot = this.#state.getSnapshot;
    this.subscribe = this.#state.subscribe;
    this.#typing = new Typing(options.clock, (typing) => this.#show({ typing }));
    this.#leaveOutbox = options.outbox.subscribe(() => this.#show({}));
    void this.#open();
  }

  /**
   * Reads the messages before the first one. As all reads here, it does nothing while another one
   * is on its way, and rejects without a change when it fails.
   */
  async loadEarlier(): Promise<void> {
    const before = this.#timeline.earlierCursor;
    if (before === null) return;
    await this.#load({ last: PAGE, before }, (page, meanwhile) =>
      withPage(this.#timeline, "earlier", page, meanwhile),
    );
  }

  /** Reads the messages behind the last one. At the end there are none. */
  async loadLater(): Promise<void> {
    const after = this.#timeline.laterCursor;
    if (after === null) return;
    await this.#load({ first: PAGE, after }, (page, meanwhile) =>
      withPage(this.#timeline, "later", page, meanwhile),
    );
  }

  /** Shows the messages around a place, such as `readSeq`, instead of those that are here. */
  async jumpTo(seq: number): Promise<void> {
    await this.#load({ first: PAGE, aroundSeq: seq }, timelineOf);
  }

  /** Shows the latest messages instead of those that are here. */
  async jumpToEnd(): Promise<void> {
    if (this.#timeline.laterCursor !== null) await this.#load({ last: PAGE }, timelineOf);
  }

  /** Shows the message at once as pending. Returns its `clientMessageId`. */
  send(body: string, replyToId: string | null = null): string {
    return this.#options.outbox.send(this.#options.conversationId, body, replyToId);
  }

  /** Marks everything up to the latest message as read, or up to `seq`. */
  async markRead(seq = this.#timeline.messages.at(-1)?.seq ?? 0): Promise<void> {
    if (seq <= this.#readSeq) return;
    this.#readSeq = seq;
    this.#show({});
    const { run, conversationId } = this.#options;
    await run(MarkRead, { input: { conversationId, seq } }, { isSafeToRepeat: true });
  }

  /** Call it while the person types, and with false when they stop. */
  async setTyping(isTyping: boolean): Promise<void> {
    const { run, conversationId } = this.#options;
    await run(SetTyping, { input: { conversationId, isTyping } }, { isSafeToRepeat: true });
  }

  close(): void {
    this.#isClosed = true;
    this.#closeStreams();
    this.#leaveOutbox();
    this.#typing.close();
  }

  /** Reads the latest page and follows the stream behind it. */
  async #open(): Promise<void> {
    const isOver = () => this.#isClosed;
    try {
      const page = await insist(() => this.#read({ last: PAGE }), this.#options, isOver);
      if (isOver()) return;
      if (page) this.#begin(page);
      else this.#end("gone");
    } catch (error) {
      if (!isOver()) this.#end("failed", error);
    }
  }

  #begin(page: ConversationPage): void {
    this.#timeline = timelineOf(page, { events: [], viewerId: this.#viewerId() });
    this.#readSeq = Math.max(this.#readSeq, page.readSeq);
    this.#count(page);
    const { kind, title, members } = page;
    this.#show({ status: "ready", kind, title, members: members.edges });
    const { streams, conversationId } = this.#options;
    const closeEvents = streams.conversationEvents(
      conversationId,
      {
        next: (event) => this.#receive(event),
        resync: () => this.#reopen(),
        error: (error) => this.#end("failed", error),
        complete: () => this.#end("gone"),
      },
      page.lastSeq,
    );
    // A missed signal is no loss.
    const closeSignals = streams.signals(conversationId, {
      next: ({ user, isTyping }) => user && this.#typing.set(user.id, isTyping),
    });
    this.#closeStreams = () => {
      closeEvents();
      closeSignals();
    };
  }

  #reopen(): void {
    this.#closeStreams();
    void this.#open();
  }

  #receive(event: ConversationEvent): void {
    if (this.#isLoading) this.#since.push(event);
    const isOutside = this.#timeline.laterCursor !== null && event.__typename === "MessageSent";
    if (isOutside && event.actor?.id !== this.#viewerId()) this.#unreadElsewhere += 1;
    this.#timeline = withEvent(this.#timeline, event, this.#viewerId());
    if (event.__typename === "MessageSent" && event.actor) this.#typing.set(event.actor.id, false);
    if (event.__typename === "MembersChanged") this.#refreshMembers();
    this.#show({});
  }

  #refreshMembers(): void {
    // A failure leaves the old list, until the next change or a reload.
    this.#read({ last: 1 }).then(
      (page) => page && this.#show({ title: page.title, members: page.members.edges }),
      () => {},
    );
  }

  #end(status: "gone" | "failed", error: unknown = null): void {
    this.#closeStreams();
    this.#show({ status, error });
  }

  async #load(
    paging: Omit<ConversationPageQueryVariables, "id">,
    take: (page: ConversationPage, meanwhile: Meanwhile) => Timeline,
  ): Promise<void> {
    if (this.#isLoading || this.#state.getSnapshot().status !== "ready") return;
    this.#isLoading = true;
    this.#since = [];
    try {
      const page = await this.#read(paging);
      if (!page || this.#isClosed) return;
      this.#timeline = take(page, { events: this.#since, viewerId: this.#viewerId() });
      this.#count(page);
      this.#show({});
    } finally {
      this.#isLoading = false;
    }
  }

  async #read(paging: Omit<ConversationPageQueryVariables, "id">) {
    const { run, conversationId: id } = this.#options;
    const { conversation } = await run(ConversationPageOperation, { id, ...paging });
    return conversation;
  }

  #count({ unreadCount }: ConversationPage): void {
    const here = unreadIn(this.#timeline, this.#readSeq, this.#viewerId());
    this.#unreadElsewhere = Math.max(0, unreadCount - here);
  }

  #viewerId(): string | null {
    return this.#options.session.getSnapshot().viewerId;
  }

  #show(change: Partial<ConversationState>): void {
    const { messages, earlierCursor, laterCursor } = this.#timeline;
    const { outbox, conversationId } = this.#options;
    const viewerId = this.#viewerId();
    const arrived = new Set(
      messages.filter(({ sender }) => sender?.id === viewerId).map((each) => each.clientMessageId),
    );
    const outgoing = outbox
      .getSnapshot()
      .filter((each) => each.conversationId === conversationId && each.senderId === viewerId);
    if (hasAllBehind(this.#timeline, this.#readSeq)) this.#unreadElsewhere = 0;
    this.#state.set({
      ...this.#state.getSnapshot(),
      messages,
      hasEarlier: earlierCursor !== null,
      hasLater: laterCursor !== null,
      readSeq: this.#readSeq,
      unreadCount: this.#unreadElsewhere + unreadIn(this.#timeline, this.#readSeq, viewerId),
      outgoing: outgoing.filter(({ clientMessageId }) => !arrived.has(clientMessageId)),
      ...change,
    });
  }
}
