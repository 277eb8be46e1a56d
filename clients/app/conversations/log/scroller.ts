// How the log scrolls: it opens at a message, sticks to its end until the reader scrolls up, and
// jumps to messages. It never moves what the reader sees.
import type { Conversation, Message } from "@meetinity/client";
import type { VirtualizerHandle } from "virtua";
import { changeOf, indexOfSeq } from "./list-change.ts";
import { distanceToEnd, sticks, type View } from "./view.ts";

/** The rows of the log. */
interface Shown {
  readonly messages: readonly Message[];
  /** Whether there are messages behind these. */
  readonly hasLater: boolean;
  /** The number of rows. */
  readonly total: number;
}

/** A message to scroll to, once it is here. */
interface Target {
  readonly seq: number;
  readonly align: "start" | "center";
}

type List = Pick<
  VirtualizerHandle,
  "scrollOffset" | "viewportSize" | "scrollSize" | "scrollToIndex"
>;

/** The place above the first unread message shows where they begin. */
const ABOVE_PX = -72;
/** The way to the end is offered from here on. */
const AWAY_PX = 160;

export class Scroller {
  readonly #conversation: Pick<Conversation, "jumpTo" | "jumpToEnd">;
  readonly #onAway: (isAway: boolean) => void;
  #list: List | null = null;
  #shown: Shown = { messages: [], hasLater: false, total: 0 };
  #isSticking: boolean;
  #target: Target | null;
  #last: View = { offset: 0, height: 0, size: 0 };

  /** `opensAt` is the `seq` of a message; null: it opens at the end. */
  constructor(
    conversation: Pick<Conversation, "jumpTo" | "jumpToEnd">,
    opensAt: number | null,
    onAway: (isAway: boolean) => void,
  ) {
    this.#conversation = conversation;
    this.#onAway = onAway;
    this.#isSticking = opensAt === null;
    this.#target = opensAt === null ? null : { seq: opensAt, align: "start" };
  }

  /** Call it with the element's handle, and with null when there is none any more. */
  readonly attach = (list: List | null): void => {
    this.#list = list;
  };

  get view(): View {
    const { scrollOffset = 0, viewportSize = 0, scrollSize = 0 } = this.#list ?? {};
    return { offset: scrollOffset, height: viewportSize, size: scrollSize };
  }

  /** Call it after each change of what the log shows. */
  shows(shown: Shown): void {
    const before = this.#shown;
    this.#shown = shown;
    const isOther = changeOf(before.messages, shown.messages) === "other";
    if (isOther || before.total !== shown.total || before.hasLater !== shown.hasLater) {
      this.#settle();
    }
  }

  scrolled(): void {
    const { view } = this;
    this.#isSticking = !this.#shown.hasLater && sticks(this.#isSticking, this.#last, view);
    this.#see(view);
  }

  resized(): void {
    if (this.#isSticking) this.#settle();
    this.#see(this.view);
  }

  /** Rejects when the message cannot be loaded. */
  async jumpTo(seq: number): Promise<void> {
    this.#isSticking = false;
    this.#target = { seq, align: "center" };
    if (indexOfSeq(this.#shown.messages, seq) < 0) await this.#conversation.jumpTo(seq);
    else this.#settle();
  }

  /** Shows the latest message and sticks to it. Rejects when it cannot be loaded. */
  async jumpToEnd(): Promise<void> {
    this.#isSticking = true;
    this.#target = null;
    if (this.#shown.hasLater) await this.#conversation.jumpToEnd();
    else this.#settle();
  }

  #settle(): void {
    const { messages, hasLater, total } = this.#shown;
    const target = this.#target;
    const index = target ? indexOfSeq(messages, target.seq) : -1;
    if (target && index >= 0) {
      const offset = target.align === "start" ? ABOVE_PX : 0;
      this.#list?.scrollToIndex(index, { align: target.align, offset });
      this.#target = null;
    } else if (this.#isSticking && !hasLater) {
      this.#list?.scrollToIndex(total - 1, { align: "end" });
    }
  }

  #see(view: View): void {
    this.#last = view;
    this.#onAway(!this.#isSticking && distanceToEnd(view) > AWAY_PX);
  }
}
