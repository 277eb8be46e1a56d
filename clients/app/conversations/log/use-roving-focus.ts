// Which message takes part in the order of the tab key. The arrow keys go from one to the next, so
// that a long log is one stop on the way to the text field.
import type { Message } from "@meetinity/client";
import { type FocusEvent, type KeyboardEvent, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import { indexFrom, indexOfSeq } from "./list-change.ts";

interface RovingFocus {
  /** The index of the message; -1 when there is none. */
  readonly index: number;
  readonly onFocus: (event: FocusEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

export function useRovingFocus(
  messages: readonly Message[],
  list: () => Pick<VirtualizerHandle, "scrollToIndex"> | null,
): RovingFocus {
  const [seq, setSeq] = useState<number | null>(null);
  const wanted = useRef<number | null>(null);
  const found = seq === null ? -1 : indexOfSeq(messages, seq);
  const index = found < 0 ? messages.length - 1 : found;
  return {
    index,
    onFocus({ target }) {
      const article = target.closest("[data-seq]");
      if (article instanceof HTMLElement) setSeq(Number(article.dataset.seq));
    },
    onKeyDown(event) {
      const step = STEPS[event.key];
      const { target, currentTarget } = event;
      if (step === undefined || !(target instanceof HTMLElement) || !target.dataset.seq) return;
      event.preventDefault();
      const next = messages[indexFrom(messages, Number(target.dataset.seq)) + step];
      if (!next) return;
      wanted.current = next.seq;
      setSeq(next.seq);
      list()?.scrollToIndex(indexOfSeq(messages, next.seq), { align: "nearest" });
      focusWhenThere(currentTarget, next.seq, () => wanted.current === next.seq);
    },
  };
}

/** The row may have to be rendered first. */
function focusWhenThere(log: HTMLElement, seq: number, isWanted: () => boolean, tries = 10): void {
  const article = log.querySelector(`[data-seq="${seq}"]`);
  if (article instanceof HTMLElement) article.focus({ preventScroll: true });
  else if (tries > 0 && isWanted()) {
    requestAnimationFrame(() => focusWhenThere(log, seq, isWanted, tries - 1));
  }
}
