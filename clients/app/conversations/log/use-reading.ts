// Marks messages as read when they were in view in a window that has the focus.
import type { Conversation } from "@meetinity/client";
import { useCallback, useEffect, useRef } from "react";
import { isReaderThere } from "./reader-there.ts";

/** Scrolling past messages in less time than this does not read them. */
const GLANCE_MS = 300;

/**
 * `lastSeenSeq` gives the `seq` of the last message in view; null when there is none. Call the
 * function that this returns whenever another part of the log may be in view.
 */
export function useReading(
  conversation: Conversation,
  lastSeenSeq: () => number | null,
): () => void {
  const latest = useRef(lastSeenSeq);
  latest.current = lastSeenSeq;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const check = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      if (!isReaderThere()) return;
      const seq = latest.current();
      // The next message that is read, or the next visit, sends the mark again.
      if (seq !== null) conversation.markRead(seq).catch(() => {});
    }, GLANCE_MS);
  }, [conversation]);

  useEffect(() => {
    check();
    window.addEventListener("focus", check);
    document.addEventListener("visibilitychange", check);
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      window.removeEventListener("focus", check);
      document.removeEventListener("visibilitychange", check);
    };
  }, [check]);
  return check;
}
