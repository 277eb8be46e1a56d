// The thread of a panel: open as long as the panel is.
import type { Conversation, Observable, Thread, ThreadState } from "@meetinity/client";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useEffect, useState } from "react";

const NONE: Observable<null> = { getSnapshot: () => null, subscribe: () => () => {} };

/** Null for a moment, until it is open. */
export function useOpenThread(conversation: Conversation, rootId: string) {
  const [thread, setThread] = useState<Thread | null>(null);
  useEffect(() => {
    const opened = conversation.thread(rootId);
    setThread(opened);
    return () => opened.close();
  }, [conversation, rootId]);
  const state = useObservable<ThreadState | null>(thread ?? NONE);
  return thread && state && { thread, state };
}
