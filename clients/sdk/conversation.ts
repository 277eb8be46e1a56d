// One conversation as a screen has it: its messages and what is on its way, who is typing, what is
// unread. It reads a page, follows the stream behind it, and needs no other refetch.
import type { ConversationEvent, Streams } from "./client.ts";
import { pauseMs } from "./closings.ts";
import { type ConversationState, LOADING } from "./conversation-state.ts";
import { isRetryable } from "./errors.ts";
import {
  ConversationPage as ConversationPageOperation,
  MarkRead,
  SetTyping,
} from "./generated/operations.ts";
import { createObservable, type Observable } from "./observable.ts";
import type { Outbox } from "./outbox.ts";
import { type Clock, sleep } from "./platform.ts";
import type { Run } from "./requests.ts";
import type { Session } from "./session.ts";
import {
  type ConversationPage,
  type Timeline,
  timelineOf,
  unreadIn,
  withEarlier,
  withEvent,
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
  #timeline: Timeline = { messages: [], earlierCursor: null };
  #readSeq = 0;
  /** Unread messages before the timeline, as the server counted them. */
  #unreadBefore = 0;
  /** Events since the page on its way was asked for. */
  #since: ConversationEvent[] = [];
  #isLoadingEarlier = false;
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

  /** Reads the messages before the first one. Rejects when that fails; nothing changes then. */
  async loadEarlier(): Promise<void> {
    const before = this.#timeline.earlierCursor;
    if (before === null || this.#isLoadingEarlier) return;
    this.#isLoadingEarlier = true;
    this.#since = [];
    try {
      const page = await this.#read({ last: PAGE, before });
      if (!page || this.#timeline.earlierCursor !== before) return;
      this.#timeline = withEarlier(this.#timeline, page, this.#since, this.#viewerId());
      this.#countBefore(page);
      this.#show({});
    } finally {
      this.#isLoadingEarlier = false;
    }
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

  /** Reads the latest page and follows the stream behind it. Tries until there is an answer. */
  async #open(): Promise<void> {
    const { clock, random } = this.#options;
    for (let attempt = 0; !this.#isClosed; attempt += 1) {
      try {
        const page = await this.#read({ last: PAGE });
        if (this.#isClosed) return;
        if (page) this.#begin(page);
        else this.#end("gone");
        return;
      } catch (error) {
        if (!isRetryable(error) || this.#options.session.getSnapshot().status === "signedOut") {
          return this.#end("failed", error);
        }
        await sleep(clock, pauseMs(attempt, random));
      }
    }
  }

  #begin(page: ConversationPage): void {
    this.#timeline = timelineOf(page);
    this.#readSeq = Math.max(this.#readSeq, page.readSeq);
    this.#countBefore(page);
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
    if (this.#isLoadingEarlier) this.#since.push(event);
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

  async #read(paging: { readonly last: number; readonly before?: string }) {
    const { run, conversationId } = this.#options;
    const { conversation } = await run(ConversationPageOperation, {
      id: conversationId,
      ...paging,
    });
    return conversation;
  }

  #countBefore({ unreadCount }: ConversationPage): void {
    const { messages, earlierCursor } = this.#timeline;
    const first = messages[0]?.seq ?? 0;
    const hasAll = earlierCursor === null || first <= this.#readSeq + 1;
    const here = unreadIn(this.#timeline, this.#readSeq, this.#viewerId());
    this.#unreadBefore = hasAll ? 0 : Math.max(0, unreadCount - here);
  }

  #viewerId(): string | null {
    return this.#options.session.getSnapshot().viewerId;
  }

  #show(change: Partial<ConversationState>): void {
    const { messages, earlierCursor } = this.#timeline;
    const { outbox, conversationId } = this.#options;
    const viewerId = this.#viewerId();
    const arrived = new Set(
      messages.filter(({ sender }) => sender?.id === viewerId).map((each) => each.clientMessageId),
    );
    const outgoing = outbox
      .getSnapshot()
      .filter((each) => each.conversationId === conversationId && each.senderId === viewerId);
    if ((messages[0]?.seq ?? 0) <= this.#readSeq + 1) this.#unreadBefore = 0;
    this.#state.set({
      ...this.#state.getSnapshot(),
      messages,
      hasEarlier: earlierCursor !== null,
      readSeq: this.#readSeq,
      unreadCount: this.#unreadBefore + unreadIn(this.#timeline, this.#readSeq, viewerId),
      outgoing: outgoing.filter(({ clientMessageId }) => !arrived.has(clientMessageId)),
      ...change,
    });
  }
}
