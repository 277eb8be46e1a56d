// Puts together what the log does when it scrolls, grows and gets the focus.
import { useCallback, useLayoutEffect, useRef } from "react";
import type { VirtualizerHandle } from "virtua";
import type { MessageLogProps } from "./message-log.tsx";
import { outgoingOf } from "./rows.tsx";
import { lastSeen } from "./seen.ts";
import { useEdges } from "./use-edges.ts";
import { useListChange } from "./use-list-change.ts";
import { useReading } from "./use-reading.ts";
import { useRovingFocus } from "./use-roving-focus.ts";

export function useLog({ conversation, state, scroller }: MessageLogProps) {
  const { messages, hasLater } = state;
  const total = messages.length + outgoingOf(state).length;
  const list = useRef<VirtualizerHandle>(null);
  const listChange = useListChange(messages);
  const edges = useEdges(conversation, state, () => scroller.view);
  const rovingFocus = useRovingFocus(messages, () => list.current);

  const checkReading = useReading(conversation, () => {
    const handle = list.current;
    if (!handle) return null;
    const index = lastSeen(scroller.view, {
      at: (offset) => handle.findItemIndex(offset),
      top: (each) => handle.getItemOffset(each),
      height: (each) => handle.getItemSize(each),
    });
    return messages[Math.min(index, messages.length - 1)]?.seq ?? null;
  });

  useLayoutEffect(() => {
    scroller.shows({ messages, hasLater, total });
    checkReading();
  }, [scroller, messages, hasLater, total, checkReading]);

  const attach = useCallback(
    (handle: VirtualizerHandle | null) => {
      list.current = handle;
      scroller.attach(handle);
    },
    [scroller],
  );

  return {
    total,
    rows: { length: total },
    listChange,
    edges,
    rovingFocus,
    attach,
    onScroll() {
      scroller.scrolled();
      edges.check();
      checkReading();
    },
    onResize() {
      scroller.resized();
      edges.check();
      checkReading();
    },
  };
}
