// The messages of a conversation that the viewer does not see any more: single ones, and all up to
// a position. Both only grow.
import type { Message } from "./messages.ts";
import type { Timeline } from "./timeline.ts";

export class OwnView {
  readonly #onDrop: (message: Message) => void;
  readonly #hidden = new Set<number>();
  #clearedSeq = 0;

  /** `onDrop` is called for each message that a timeline has no more. */
  constructor(onDrop: (message: Message) => void = () => {}) {
    this.#onDrop = onDrop;
  }

  /** The message with this `seq` is deleted for the viewer. */
  hide(seq: number): void {
    this.#hidden.add(seq);
  }

  /** Nothing up to there is visible. */
  clear(seq: number): void {
    this.#clearedSeq = Math.max(this.#clearedSeq, seq);
  }

  readonly sees = (seq: number): boolean => seq > this.#clearedSeq && !this.#hidden.has(seq);

  /** The part of the timeline that the viewer sees; quotes of the rest are null. */
  readonly of = (timeline: Timeline): Timeline => {
    const { messages, happenings, earlierCursor } = timeline;
    const cleared = this.#clearedSeq;
    const isWhole = messages.every(
      ({ seq, replyTo }) => this.sees(seq) && (!replyTo || this.sees(replyTo.seq)),
    );
    const hasCleared = happenings.some(({ seq }) => seq <= cleared);
    const isFirst = cleared >= (messages[0]?.seq ?? 1);
    if (isWhole && !hasCleared && !(isFirst && earlierCursor !== null)) return timeline;
    const visible = messages.filter(({ seq }) => this.sees(seq));
    for (const message of messages) if (!this.sees(message.seq)) this.#onDrop(message);
    return {
      ...timeline,
      messages: visible.map((message) => {
        const isQuoteHidden = message.replyTo && !this.sees(message.replyTo.seq);
        return isQuoteHidden ? { ...message, replyTo: null } : message;
      }),
      happenings: happenings.filter(({ seq }) => seq > cleared),
      earlierCursor: isFirst ? null : earlierCursor,
    };
  };
}
