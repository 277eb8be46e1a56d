// How far the viewer has read a conversation, and how many messages are unread. Messages that are
// on no page here are counted by the server.
import { ConversationPage as ConversationPageOperation } from "./generated/operations.ts";
import { type InsistOptions, insist } from "./insist.ts";
import { isMentioned, mentionsIn } from "./mentions.ts";
import type { ConversationPage } from "./messages.ts";
import type { ReadMarks } from "./read-marks.ts";
import type { Run } from "./requests.ts";
import type { ConversationEvent } from "./subscriptions.ts";
import { hasAllBehind, type Timeline, unreadIn } from "./timeline.ts";

export interface ReadingOptions extends InsistOptions {
  readonly conversationId: string;
  readonly run: Run;
  readonly readMarks: ReadMarks;
  readonly timeline: () => Timeline;
  readonly onChange: () => void;
}

/** Counts by guess are replaced by the server's so long after the last reason to doubt them. */
const RECOUNT_MS = 1_000;

type Counted = Pick<
  ConversationPage,
  "readSeq" | "unreadCount" | "unreadCountSeq" | "unreadMentions" | "firstUnreadMentionSeq"
>;

export class Reading {
  readonly #options: ReadingOptions;
  /** As the server knows it, and as the screen wants it. */
  #knownSeq = 0;
  #wantedSeq: number;
  #marking: Promise<void> | null = null;
  /** Unread messages that are not in the timeline. */
  #elsewhere = 0;
  /** Those of them that mention the viewer, and the first one that the server knew. */
  #mentionsElsewhere = 0;
  #firstMentionSeq: number | null = null;
  /** The position that the server's last count knows. */
  #countedSeq = 0;
  #cancelRecount = () => {};
  #isClosed = false;

  constructor(options: ReadingOptions) {
    this.#options = options;
    // Read before, without a network.
    this.#wantedSeq = options.readMarks.seqOf(options.conversationId);
  }

  get readSeq(): number {
    return Math.max(this.#knownSeq, this.#wantedSeq);
  }

  get unreadCount(): number {
    const timeline = this.#options.timeline();
    const here = unreadIn(timeline, this.readSeq, this.#viewerId());
    return this.#hasAll() ? here : this.#elsewhere + here;
  }

  get unreadMentions(): number {
    const here = this.#mentionsHere().length;
    return this.#hasAll() ? here : this.#mentionsElsewhere + here;
  }

  get nextMentionSeq(): number | null {
    const here = this.#mentionsHere()[0]?.seq ?? null;
    const first = this.#firstMentionSeq;
    const isElsewhere = !this.#hasAll() && this.#mentionsElsewhere > 0;
    if (!isElsewhere || first === null || first <= this.readSeq) return here;
    return Math.min(first, here ?? first);
  }

  /** Takes over the server's count, as of a page. */
  counted({ readSeq, unreadCount, unreadCountSeq, ...mentions }: Counted): void {
    this.#countedSeq = unreadCountSeq;
    this.#knownSeq = Math.max(this.#knownSeq, readSeq);
    const here = unreadIn(this.#options.timeline(), readSeq, this.#viewerId());
    this.#elsewhere = Math.max(0, unreadCount - here);
    const mentionsHere = mentionsIn(this.#options.timeline(), readSeq, this.#viewerId()).length;
    this.#mentionsElsewhere = Math.max(0, mentions.unreadMentions - mentionsHere);
    this.#firstMentionSeq = mentions.firstUnreadMentionSeq;
  }

  #mentionsHere() {
    return mentionsIn(this.#options.timeline(), this.readSeq, this.#viewerId());
  }

  #hasAll(): boolean {
    return hasAllBehind(this.#options.timeline(), this.readSeq);
  }

  /** An event of the conversation, before the timeline has it. */
  received(event: ConversationEvent): void {
    const { messages, laterCursor } = this.#options.timeline();
    // Replies in threads have marks of their own.
    if (event.__typename === "MessageSent" && event.message?.threadRootId) return;
    if (event.__typename === "MessageSent" && event.actor?.id === this.#viewerId()) {
      // The viewer's own message moves their mark to itself.
      this.#knownSeq = Math.max(this.#knownSeq, event.seq);
      if (event.seq > this.#countedSeq) {
        this.#elsewhere = 0;
        this.#mentionsElsewhere = 0;
      }
    } else if (event.__typename === "MessageSent" && laterCursor !== null) {
      if (event.seq > this.#countedSeq) this.#unreadElsewhere(event);
      this.#recountSoon();
    } else if (event.__typename === "MessageDeleted" || event.__typename === "MessageEdited") {
      const isHere = messages.some(({ id }) => id === event.message?.id);
      if (!isHere) this.#recountSoon();
    }
  }

  #unreadElsewhere({ message, seq }: Extract<ConversationEvent, { __typename: "MessageSent" }>) {
    this.#elsewhere += 1;
    if (!message || !isMentioned(message, this.#viewerId())) return;
    this.#mentionsElsewhere += 1;
    this.#firstMentionSeq ??= seq;
  }

  /** The viewer does not see some messages any more. */
  hidden(): void {
    this.#recountSoon();
  }

  /** The viewer has read it, here or on another device. */
  readUpTo(seq: number): void {
    if (seq <= this.#knownSeq) return;
    this.#knownSeq = seq;
    this.#recountSoon();
    this.#options.onChange();
  }

  /** The server knows it when this resolves. What a closed conversation has marked is sent too. */
  async mark(seq: number): Promise<void> {
    if (seq > this.readSeq) {
      this.#wantedSeq = seq;
      this.#options.onChange();
    }
    while (this.#wantedSeq > this.#knownSeq && !this.#isClosed) {
      this.#marking ??= this.#markOnce().finally(() => {
        this.#marking = null;
      });
      await this.#marking;
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelRecount();
  }

  async #markOnce(): Promise<void> {
    const { readMarks, conversationId } = this.#options;
    const seq = this.#wantedSeq;
    try {
      await readMarks.mark(conversationId, seq);
      this.#knownSeq = Math.max(this.#knownSeq, seq);
      this.#recountSoon();
    } catch (error) {
      this.#wantedSeq = this.#knownSeq;
      throw error;
    } finally {
      this.#options.onChange();
    }
  }

  /** Only where messages are unread that are not here. */
  #recountSoon(): void {
    this.#cancelRecount();
    this.#cancelRecount = this.#options.clock.after(RECOUNT_MS, () => {
      if (!hasAllBehind(this.#options.timeline(), this.readSeq)) void this.#recount();
    });
  }

  async #recount(): Promise<void> {
    const { run, conversationId: id, onChange } = this.#options;
    if (this.#isClosed) return;
    const read = () => run(ConversationPageOperation, { id, last: 1, members: 1 });
    try {
      const { conversation } = await insist(read, this.#options, () => this.#isClosed);
      if (!conversation || this.#isClosed) return;
      this.counted(conversation);
      onChange();
    } catch {
      // The stream of the conversation ends with the same reason.
    }
  }

  #viewerId(): string | null {
    return this.#options.session.getSnapshot().viewerId;
  }
}

/** The first message of another person behind a place that is not deleted. */
export function firstUnread(
  { messages }: Timeline,
  readSeq: number,
  viewerId: string | null,
): number | null {
  const isUnread = ({ seq, sender, deletedAt }: (typeof messages)[number]) =>
    seq > readSeq && sender?.id !== viewerId && deletedAt === null;
  return messages.find(isUnread)?.seq ?? null;
}
