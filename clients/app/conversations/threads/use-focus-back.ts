// When the panel of a thread closes with the focus in it, the message of the thread gets the focus.
import type { Conversation } from "@meetinity/client";
import { useEffect, useRef } from "react";

export function useFocusBack(conversation: Conversation, rootId: string | null): void {
  const before = useRef(rootId);
  useEffect(() => {
    const closed = before.current;
    before.current = rootId;
    if (closed === null || rootId !== null || document.activeElement !== document.body) return;
    const root = conversation.getSnapshot().messages.find(({ id }) => id === closed);
    const article = document.querySelector(`[role="log"] [data-seq="${root?.seq}"]`);
    if (article instanceof HTMLElement) article.focus({ preventScroll: true });
  }, [conversation, rootId]);
}
