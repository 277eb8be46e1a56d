// One conversation as a screen has it: its messages and what is on its way, who is typing, what is
// unread. It reads a page, follows the stream behind it, and needs no other refetch.
import { aboutOf } from "./conversation-about.ts";
import { type ConversationParts, createParts, type PartsOptions } from "./conversation-parts.ts";
import { type ConversationState, changesAbout, LOADING, nextState } from "./conversation-state.ts";
import { GraphError, signedOutError } from "./errors.ts";
import { LeaveConversation, type LeaveConversationMutation } from "./generated/operations.ts";
import { insist } from "./insist.ts";
import type { DeleteResult, EditResult, MessageChanges, ReactResult } from "./message-changes.ts";
import type { ConversationPage } from "./messages.ts";
import { createObservable, type Observable } from "./observable.ts";
import { outgoingIn } from "./outgoing.ts";
import type { NewMessage } from "./outgoing-files.ts";
import { firstUnread } from "./reading.ts";
import type { StreamSink } from "./streams.ts";
import type { ConversationEvent } from "./subscriptions.ts";
import type { Thread } from "./thread.ts";
import { onViewerGone } from "./viewers.ts";

export type ConversationOptions = PartsOptions;

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
  readonly #parts: ConversationParts;
  readonly #closers: readonly (() => void)[];
  #isClosed = false;
  /** Its streams have ended once since the last event, and it was read anew. */
  #isReadAnew = false;
  #closeStreams = () => {};

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.getSnapshot = this.#state.getSnapshot;
    this.subscribe = this.#state.subscribe;
    this.#parts = createParts(options, (change) => this.#show(change));
    this.#closers = [
      this.#parts.close,
      options.outbox.subscribe(() => this.#show({})),
      onViewerGone(options.session, () => this.#forget()),
    ];
    void this.#open();
  }

  /**
   * Reads the messages before the first one; nothing while another page is on its way. As all reads
   * here, it rejects without a change when it fails.
   */
  loadEarlier(): Promise<void> {
    return this.#parts.history.loadEarlier();
  }

  /** Those behind the last one. */
  readonly loadLater = (): Promise<void> => this.#parts.history.loadLater();

  /**
   * Shows the messages around a place, such as that of a quote, instead of those that are here. A
   * page on its way is dropped.
   */
  jumpTo(seq: number): Promise<void> {
    return this.#parts.history.jumpTo(seq);
  }

  /** Shows the latest messages instead of those that are here. */
  jumpToEnd(): Promise<void> {
    return this.#parts.history.jumpToEnd();
  }

  /** Shows the message at once as pending. Returns its `clientMessageId`. */
  send(...[body, replyToId, mentioned, files]: NewMessage): string {
    this.#parts.ownTyping.ended();
    const { outbox, conversationId } = this.#options;
    return outbox.send(conversationId, body, replyToId, null, mentioned, files);
  }

  /** Opens the thread of a message, and closes the one before it. */
  thread(rootId: string): Thread {
    return this.#parts.openThread(rootId);
  }

  /** Only own messages; no text with another version than the one seen is replaced. */
  edit(...wish: Parameters<MessageChanges["edit"]>): Promise<EditResult> {
    return this.#parts.changes.edit(...wish);
  }

  /** Only the viewer's own messages. */
  readonly delete = (id: string): Promise<DeleteResult> => this.#parts.changes.delete(id);

  /** Adds the viewer's emoji, or removes it. */
  react(messageId: string, emoji: string, isAdded: boolean): Promise<ReactResult> {
    return this.#parts.changes.react(messageId, emoji, isAdded);
  }

  /** Marks all that is here as read, or up to `seq`. Resolves when the server knows it. */
  markRead(seq = this.#parts.history.timeline.messages.at(-1)?.seq ?? 0): Promise<void> {
    return this.#parts.reading.mark(seq);
  }

  /** Call it for each key. It signals now and then, and ends typing after a pause. */
  setTyping(isTyping: boolean): void {
    this.#parts.ownTyping.set(isTyping);
  }

  /** Leaves the group; then `status` is `gone`. */
  async leave(): Promise<LeaveConversationMutation["leaveConversation"]> {
    const { run, conversationId } = this.#options;
    const { leaveConversation } = await run(LeaveConversation, { input: { conversationId } });
    if (leaveConversation.__typename === "LeaveConversationSuccess") this.#end("gone");
    return leaveConversation;
  }

  close(): void {
    this.#parts.ownTyping.set(false);
    this.#isClosed = true;
    this.#closeStreams();
    for (const close of this.#closers) close();
  }

  /** Reads the messages around the first unread one, and follows the stream behind them. */
  async #open(): Promise<void> {
    const isOver = () => this.#isClosed;
    try {
      const page = await insist(() => this.#parts.history.firstPage(), this.#options, isOver);
      if (isOver()) return;
      if (page) this.#begin(page);
      else this.#end("gone");
    } catch (error) {
      if (!isOver()) this.#end("failed", error);
    }
  }

  #begin(page: ConversationPage): void {
    const isFirst = this.getSnapshot().status === "loading";
    if (!isFirst) void this.#parts.thread()?.open();
    this.#parts.changes.reset();
    this.#parts.history.begin(page);
    this.#parts.keeping.began(page);
    const { kind, sending, members } = page;
    const { timeline } = this.#parts.history;
    const mark = firstUnread(timeline, page.readSeq, this.#viewerId());
    const change = { ...aboutOf(page), status: "ready", kind, members: members.edges } as const;
    this.#show(isFirst ? { ...change, firstUnreadSeq: mark } : change);
    if (members.pageInfo.hasNextPage) void this.#parts.members.read();
    const { streams, conversationId: id } = this.#options;
    const closeAll = [this.#parts.followOwnLog(() => this.#readAnew())];
    this.#closeStreams = () => {
      for (const close of closeAll) close();
    };
    if (sending === "CLOSED") return;
    closeAll.push(
      streams.conversationEvents(id, this.#sink(), page.lastSeq),
      // A missed signal is no loss.
      streams.signals(id, {
        next: ({ user, isTyping }) => user && this.#parts.typing.set(user.id, isTyping),
      }),
    );
  }

  #sink(): StreamSink<ConversationEvent> {
    return {
      next: (event) => this.#receive(event),
      resync: () => this.#readAnew(),
      error: (error) => {
        // A block ends the streams of its pair as if there were no conversation.
        const isGone = error instanceof GraphError && error.code === "NOT_FOUND";
        if (!isGone || this.#isReadAnew) return this.#end("failed", error);
        this.#isReadAnew = true;
        this.#readAnew();
      },
      complete: () => this.#end("gone"),
    };
  }

  #readAnew(): void {
    this.#closeStreams();
    void this.#open();
  }

  #receive(event: ConversationEvent): void {
    this.#isReadAnew = false;
    this.#parts.reading.received(event);
    this.#parts.keeping.received(event);
    this.#parts.quotes.received(event);
    this.#parts.history.received(event);
    this.#parts.thread()?.received(event);
    this.#parts.changes.received(event, this.#viewerId());
    if (event.__typename === "MessageSent") this.#arrived(event);
    // The first message may be a request, and then no other can be sent.
    const isFirst = event.__typename === "MessageSent" && event.prevSeq === 0;
    if (changesAbout(event) || isFirst) void this.#parts.members.read();
    this.#show({});
  }

  #arrived({ actor, message }: Extract<ConversationEvent, { __typename: "MessageSent" }>): void {
    if (actor) this.#parts.typing.set(actor.id, false);
    if (message && actor?.id === this.#viewerId()) {
      this.#options.outbox.arrived(message.clientMessageId);
    }
    const { messages } = this.#parts.history.timeline;
    const quote = message?.replyToId ? this.#parts.quotes.find(message.replyToId, messages) : null;
    if (!quote) return;
    this.#parts.history.quoted(quote);
    this.#parts.thread()?.quoted(quote);
  }

  #end(status: "gone" | "failed", error: unknown = null): void {
    this.#closeStreams();
    this.#show({ status, error });
  }

  /** The person has signed out: nothing of theirs stays here. */
  #forget(): void {
    this.#parts.ownTyping.ended();
    this.close();
    this.#state.set({ ...LOADING, status: "failed", error: signedOutError() });
  }

  #viewerId(): string | null {
    return this.#options.session.getSnapshot().viewerId;
  }

  #show(change: Partial<ConversationState>): void {
    if (this.#isClosed) return;
    const { outbox, conversationId } = this.#options;
    const { timeline } = this.#parts.history;
    const { messages } = timeline;
    const viewerId = this.#viewerId();
    const findQuote = (id: string) => this.#parts.quotes.find(id, messages);
    const own = { list: outbox.getSnapshot(), conversationId, threadRootId: null };
    const next = nextState(this.getSnapshot(), change, {
      timeline,
      messages: this.#parts.changes.applied(messages),
      reading: this.#parts.reading,
      outgoing: outgoingIn({ ...own, viewerId, messages, findQuote }),
    });
    this.#state.set(next);
    this.#parts.keeping.shown(next);
    this.#parts.thread()?.show();
  }
}
