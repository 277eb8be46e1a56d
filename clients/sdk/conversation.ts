// One conversation as a screen has it: its messages and what is on its way, who is typing, what is
// unread. It reads a page, follows the stream behind it, and needs no other refetch.
import { type ConversationState, LOADING } from "./conversation-state.ts";
import { LeaveConversation, type LeaveConversationMutation } from "./generated/operations.ts";
import { History } from "./history.ts";
import { insist } from "./insist.ts";
import { MemberList } from "./members.ts";
import {
  type DeleteResult,
  type EditResult,
  MessageChanges,
  type ReactResult,
} from "./message-changes.ts";
import { createObservable, type Observable } from "./observable.ts";
import { type Outbox, outgoingOf } from "./outbox.ts";
import type { Clock } from "./platform.ts";
import { firstUnread, Reading } from "./reading.ts";
import type { Run } from "./requests.ts";
import type { Session } from "./session.ts";
import type { ConversationEvent, Streams } from "./subscriptions.ts";
import type { ConversationPage } from "./timeline.ts";
import { OwnTyping, Typing } from "./typing.ts";

export interface ConversationOptions {
  readonly conversationId: string;
  readonly run: Run;
  readonly session: Session;
  readonly streams: Streams;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly random: () => number;
}

/**
 * `edit`, `delete`, `react` and `leave` resolve with the result of the mutation, which may be a
 * Problem, and reject with `GraphError` or `NetworkError`. What they change shows at once, and is
 * taken back unless they succeed.
 */
export class Conversation implements Observable<ConversationState> {
  readonly getSnapshot: () => ConversationState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly #options: ConversationOptions;
  readonly #state = createObservable(LOADING);
  readonly #history: History;
  readonly #changes: MessageChanges;
  readonly #reading: Reading;
  readonly #members: MemberList;
  readonly #typing: Typing;
  readonly #ownTyping: OwnTyping;
  readonly #leaveOutbox: () => void;
  #isClosed = false;
  #closeStreams = () => {};

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.getSnapshot = this.#state.getSnapshot;
    this.subscribe = this.#state.subscribe;
    const onChange = () => this.#show({});
    this.#history = new History({ ...options, onPage: (page) => this.#counted(page) });
    const timeline = () => this.#history.timeline;
    this.#changes = new MessageChanges({
      run: options.run,
      messages: () => timeline().messages,
      onChange,
      onText: (text) => this.#history.accepted(text),
    });
    this.#reading = new Reading({ ...options, timeline, onChange });
    this.#members = new MemberList({ ...options, onChange: (change) => this.#show(change) });
    this.#typing = new Typing(options.clock, (typing) => this.#show({ typing }));
    this.#ownTyping = new OwnTyping(options);
    this.#leaveOutbox = options.outbox.subscribe(onChange);
    void this.#open();
  }

  /**
   * Reads the messages before the first one. It does nothing while another page is on its way. As
   * all reads here, it rejects without a change when it fails.
   */
  loadEarlier(): Promise<void> {
    return this.#history.loadEarlier();
  }

  /** Reads the messages behind the last one. At the end there are none. */
  loadLater(): Promise<void> {
    return this.#history.loadLater();
  }

  /**
   * Shows the messages around a place, such as that of a quote, instead of those that are here. A
   * page on its way is dropped.
   */
  jumpTo(seq: number): Promise<void> {
    return this.#history.jumpTo(seq);
  }

  /** Shows the latest messages instead of those that are here. */
  jumpToEnd(): Promise<void> {
    return this.#history.jumpToEnd();
  }

  /** Shows the message at once as pending. Returns its `clientMessageId`. */
  send(body: string, replyToId: string | null = null): string {
    this.#ownTyping.ended();
    return this.#options.outbox.send(this.#options.conversationId, body, replyToId);
  }

  /** Only the viewer's own messages. */
  edit(messageId: string, body: string): Promise<EditResult> {
    return this.#changes.edit(messageId, body);
  }

  /** Only the viewer's own messages. */
  delete(messageId: string): Promise<DeleteResult> {
    return this.#changes.delete(messageId);
  }

  /** Adds the viewer's emoji, or removes it. */
  react(messageId: string, emoji: string, isAdded: boolean): Promise<ReactResult> {
    return this.#changes.react(messageId, emoji, isAdded);
  }

  /**
   * Marks everything up to the latest message here as read, or up to `seq`. Resolves when the
   * server knows it.
   */
  markRead(seq = this.#history.timeline.messages.at(-1)?.seq ?? 0): Promise<void> {
    return this.#reading.mark(seq);
  }

  /** Call it for each key. It signals now and then, and ends typing after a pause. */
  setTyping(isTyping: boolean): void {
    this.#ownTyping.set(isTyping);
  }

  /** Leaves the group; then `status` is `gone`. */
  async leave(): Promise<LeaveConversationMutation["leaveConversation"]> {
    const { run, conversationId } = this.#options;
    const { leaveConversation } = await run(LeaveConversation, { input: { conversationId } });
    if (leaveConversation.__typename === "LeaveConversationSuccess") this.#end("gone");
    return leaveConversation;
  }

  close(): void {
    this.#ownTyping.set(false);
    this.#isClosed = true;
    this.#closeStreams();
    this.#leaveOutbox();
    this.#typing.close();
    this.#reading.close();
    this.#members.close();
  }

  /** Reads the messages around the first unread one, and follows the stream behind them. */
  async #open(): Promise<void> {
    const isOver = () => this.#isClosed;
    try {
      const page = await insist(() => this.#history.firstPage(), this.#options, isOver);
      if (isOver()) return;
      if (page) this.#begin(page);
      else this.#end("gone");
    } catch (error) {
      if (!isOver()) this.#end("failed", error);
    }
  }

  #begin(page: ConversationPage): void {
    const isFirst = this.getSnapshot().status === "loading";
    this.#changes.reset();
    this.#history.begin(page);
    const { kind, title, members } = page;
    const { timeline } = this.#history;
    if (isFirst)
      this.#show({ firstUnreadSeq: firstUnread(timeline, page.readSeq, this.#viewerId()) });
    this.#show({ status: "ready", kind, title, members: members.edges });
    if (members.pageInfo.hasNextPage) void this.#members.read();
    this.#closeStreams = this.#follow(page.lastSeq);
  }

  #counted(page: ConversationPage): void {
    this.#reading.counted(page);
    this.#show({});
  }

  #follow(lastSeq: number): () => void {
    const { streams, conversationId } = this.#options;
    const closeEvents = streams.conversationEvents(
      conversationId,
      {
        next: (event) => this.#receive(event),
        resync: () => this.#reopen(),
        error: (error) => this.#end("failed", error),
        complete: () => this.#end("gone"),
      },
      lastSeq,
    );
    // A missed signal is no loss.
    const closeSignals = streams.signals(conversationId, {
      next: ({ user, isTyping }) => user && this.#typing.set(user.id, isTyping),
    });
    const closeReads = this.#reading.follow(streams);
    return () => {
      closeEvents();
      closeSignals();
      closeReads();
    };
  }

  #reopen(): void {
    this.#closeStreams();
    void this.#open();
  }

  #receive(event: ConversationEvent): void {
    this.#reading.received(event);
    this.#history.received(event);
    this.#changes.received(event, this.#viewerId());
    if (event.__typename === "MessageSent" && event.actor) this.#typing.set(event.actor.id, false);
    if (event.__typename === "MembersChanged") void this.#members.read();
    this.#show({});
  }

  #end(status: "gone" | "failed", error: unknown = null): void {
    this.#closeStreams();
    this.#show({ status, error });
  }

  #viewerId(): string | null {
    return this.#options.session.getSnapshot().viewerId;
  }

  #show(change: Partial<ConversationState>): void {
    const { messages, earlierCursor, laterCursor } = this.#history.timeline;
    const { readSeq, unreadCount } = this.#reading;
    const { members } = { ...this.getSnapshot(), ...change };
    const { outbox, conversationId } = this.#options;
    const own = members.find(({ node }) => node.user?.id === this.#viewerId());
    this.#state.set({
      ...this.getSnapshot(),
      messages: this.#changes.applied(messages),
      hasEarlier: earlierCursor !== null,
      hasLater: laterCursor !== null,
      readSeq,
      unreadCount,
      outgoing: outgoingOf(outbox.getSnapshot(), conversationId, messages, this.#viewerId()),
      ownRole: own?.node.role ?? null,
      ...change,
    });
  }
}
