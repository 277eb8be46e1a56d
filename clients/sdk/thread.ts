// The thread of one message as a screen has it: the message, its replies, and those on their way.
// Its events come from the conversation, which has one thread open at a time.
import { MarkThreadRead, ThreadPage as ThreadPageOperation } from "./generated/operations.ts";
import { type InsistOptions, insist } from "./insist.ts";
import type { MessageChanges } from "./message-changes.ts";
import type { Message, Quote } from "./messages.ts";
import { createObservable, type Observable } from "./observable.ts";
import type { Outbox } from "./outbox.ts";
import { type OutgoingReply, outgoingIn } from "./outgoing.ts";
import type { NewMessage } from "./outgoing-files.ts";
import type { OwnView } from "./own-view.ts";
import type { Run } from "./requests.ts";
import type { ConversationEvent } from "./subscriptions.ts";
import { followedAs } from "./thread-marks.ts";
import { repliesOf, rootOf, type ThreadPageRoot } from "./thread-page.ts";
import {
  EMPTY,
  type MessageText,
  type Timeline,
  withEvent,
  withQuote,
  withText,
} from "./timeline.ts";

export interface ThreadState {
  /** `gone`: no such message begins a thread of the conversation, or not for the viewer. */
  readonly status: "loading" | "ready" | "gone" | "failed";
  /** Of `failed`. */
  readonly error: unknown;
  /** The message with which it begins. */
  readonly root: Message | null;
  /** The replies by `seq`, up to the latest, with the viewer's changes. */
  readonly messages: readonly Message[];
  readonly hasEarlier: boolean;
  /** Replies of the viewer that are not among `messages` yet. */
  readonly outgoing: readonly OutgoingReply[];
  /** Of the first reply that was unread at the opening. */
  readonly firstUnreadSeq: number | null;
}

export interface ThreadOptions extends InsistOptions {
  readonly conversationId: string;
  readonly rootId: string;
  readonly run: Run;
  readonly outbox: Outbox;
  readonly view: OwnView;
  readonly changes: MessageChanges;
  readonly findQuote: (messageId: string, messages: readonly Message[]) => Quote | null;
  /** The viewer has read it up to there. */
  readonly onRead: (rootId: string, seq: number) => void;
}

const PAGE = 50;
const LOADING: ThreadState = {
  status: "loading",
  error: null,
  root: null,
  messages: [],
  hasEarlier: false,
  outgoing: [],
  firstUnreadSeq: null,
};

export class Thread implements Observable<ThreadState> {
  readonly getSnapshot: () => ThreadState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly #options: ThreadOptions;
  readonly #state = createObservable(LOADING);
  #root: Message | null = null;
  #replies: Timeline = EMPTY;
  #readSeq = 0;
  /** Events since the page on its way was asked for; null when none is. */
  #since: ConversationEvent[] | null = null;
  #isClosed = false;

  constructor(options: ThreadOptions) {
    this.#options = options;
    this.getSnapshot = this.#state.getSnapshot;
    this.subscribe = this.#state.subscribe;
    void this.open();
  }

  /** Shows the reply at once as pending. Returns its `clientMessageId`. */
  send(...[body, replyToId, mentioned, files]: NewMessage): string {
    const { outbox, conversationId, rootId } = this.#options;
    return outbox.send(conversationId, body, replyToId, rootId, mentioned, files);
  }

  /** Marks all replies here as read. Rejects when the server does not know it. */
  async markRead(): Promise<void> {
    const { run, rootId: messageId } = this.#options;
    const seq = this.#replies.messages.at(-1)?.seq ?? 0;
    if (seq <= this.#readSeq) return;
    const options = { isSafeToRepeat: true };
    await run(MarkThreadRead, { input: { messageId, seq } }, options);
    this.#readUpTo(seq);
  }

  /** Reads the replies before the first one. Rejects without a change when it fails. */
  async loadEarlier(): Promise<void> {
    const before = this.#replies.earlierCursor;
    if (before === null || this.#since) return;
    const { root, since } = await this.#read(before);
    if (!root || this.#isClosed) return;
    const { messages, earlierCursor } = repliesOf(root);
    const first = this.#replies.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
    const added = messages.filter(({ seq }) => seq < first);
    const all = [...added, ...this.#replies.messages];
    this.#replies = this.#withEvents({ ...this.#replies, messages: all, earlierCursor }, since);
    this.show();
  }

  close(): void {
    this.#isClosed = true;
  }

  /** Reads the latest replies, also when events were lost. */
  async open(): Promise<void> {
    const isOver = () => this.#isClosed;
    try {
      const { root, since } = await insist(() => this.#read(null), this.#options, isOver);
      if (this.#isClosed) return;
      if (root && this.#isItsRoot(root)) this.#begin(root, since);
      else this.#set({ status: "gone" });
    } catch (error) {
      if (!this.#isClosed) this.#set({ status: "failed", error });
    }
  }

  received(event: ConversationEvent): void {
    this.#since?.push(event);
    this.#replies = this.#withEvents(this.#replies, [event]);
    const root = this.#root && this.#withRoot(this.#root, [event]);
    if (root) this.#root = root;
    const isOwn = "actor" in event && event.actor?.id === this.#viewerId();
    const isReply = event.__typename === "MessageSent" && this.#isReply(event.message);
    if (isOwn && isReply) this.#readUpTo(event.seq);
  }

  accepted(text: MessageText): void {
    this.#replies = withText(this.#replies, text);
    if (this.#root)
      this.#root = withText({ ...EMPTY, messages: [this.#root] }, text).messages[0] ?? null;
  }

  /** The viewer follows it, or no longer, as they chose on any device. */
  followed(isFollowing: boolean): void {
    this.#root = this.#root && followedAs(this.#root, isFollowing);
  }

  quoted(quote: Quote): void {
    this.#replies = withQuote(this.#replies, quote);
  }

  get rootId(): string {
    return this.#options.rootId;
  }

  /** As the server has them. */
  get messages(): readonly Message[] {
    return this.#replies.messages;
  }

  /** Shows what is here now. */
  show(): void {
    if (this.#root) this.#set(this.#options.view.sees(this.#root.seq) ? {} : { status: "gone" });
  }

  #begin(page: ThreadPageRoot, since: readonly ConversationEvent[]): void {
    const isFirst = this.getSnapshot().status === "loading";
    const { thread } = page;
    this.#root = this.#withRoot(rootOf(page), since);
    this.#replies = this.#withEvents(repliesOf(page), since);
    this.#readSeq = Math.max(this.#readSeq, thread?.readSeq ?? 0);
    const { messages } = this.#replies;
    const isUnread = ({ seq, sender }: Message) =>
      seq > this.#readSeq && sender?.id !== this.#viewerId();
    const first = thread?.isFollowing ? messages.find(isUnread)?.seq : undefined;
    this.#set({ status: "ready", ...(isFirst && { firstUnreadSeq: first ?? null }) });
  }

  async #read(before: string | null) {
    const { run, rootId: id } = this.#options;
    const since: ConversationEvent[] = [];
    this.#since = since;
    try {
      const { message } = await run(ThreadPageOperation, { id, last: PAGE, before });
      return { root: message, since };
    } finally {
      if (this.#since === since) this.#since = null;
    }
  }

  #withEvents(timeline: Timeline, events: readonly ConversationEvent[]): Timeline {
    const { rootId } = this.#options;
    const viewerId = this.#viewerId();
    return events.reduce((state, event) => withEvent(state, event, viewerId, rootId), timeline);
  }

  /** The message with which it begins, alone in a timeline that takes no other. */
  #withRoot(root: Message, events: readonly ConversationEvent[]): Message {
    const alone: Timeline = { ...EMPTY, messages: [root], laterCursor: "" };
    const viewerId = this.#viewerId();
    const after = events.reduce((state, event) => withEvent(state, event, viewerId), alone);
    return after.messages[0] ?? root;
  }

  #isItsRoot({ conversation, threadRootId }: ThreadPageRoot): boolean {
    return conversation.id === this.#options.conversationId && threadRootId === null;
  }

  #isReply(message: { readonly threadRootId: string | null } | null): boolean {
    return message?.threadRootId === this.#options.rootId;
  }

  #readUpTo(seq: number): void {
    this.#readSeq = Math.max(this.#readSeq, seq);
    this.#options.onRead(this.#options.rootId, this.#readSeq);
  }

  #viewerId(): string | null {
    return this.#options.session.getSnapshot().viewerId;
  }

  #set(change: Partial<ThreadState>): void {
    const { outbox, conversationId, rootId: threadRootId, changes, view } = this.#options;
    const { messages, earlierCursor } = view.of(this.#replies);
    const findQuote = (id: string) => this.#options.findQuote(id, messages);
    const list = outbox.getSnapshot();
    const viewerId = this.#viewerId();
    const own = { list, conversationId, threadRootId, viewerId, messages, findQuote };
    this.#state.set({
      ...this.getSnapshot(),
      root: this.#root && (changes.applied([this.#root])[0] ?? null),
      messages: changes.applied(messages),
      hasEarlier: earlierCursor !== null,
      outgoing: outgoingIn(own),
      ...change,
    });
  }
}
