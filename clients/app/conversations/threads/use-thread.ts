// Which thread is open beside a conversation, and where its messages are answered and edited. The
// address of the page names the thread: a link opens it, and going back closes it.
import { useRouter, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useRef } from "react";
import type { Composing } from "../composer/use-composing.ts";
import { listOf } from "../list/lists.ts";
import { threadOf } from "./thread-search.ts";

export interface ThreadPlace {
  readonly close: () => void;
  /** The panel takes replies to its messages and edits of them. Returns how to stop. */
  readonly onPurpose: (begin: Composing["begin"]) => () => void;
}

export interface OpenThread {
  readonly rootId: string | null;
  readonly place: ThreadPlace;
  readonly open: (rootId: string) => void;
  /** Begins a reply or an edit at the field that belongs to its message. */
  readonly begin: Composing["begin"];
}

export function useThread(conversationId: string, main: Composing["begin"]): OpenThread {
  const { rootId, open, close } = useThreadAddress(conversationId);
  const inThread = useRef<Composing["begin"] | null>(null);
  const place = useMemo<ThreadPlace>(
    () => ({
      close,
      onPurpose(begin) {
        inThread.current = begin;
        return () => {
          inThread.current = null;
        };
      },
    }),
    [close],
  );
  const begin = useMemo<Composing["begin"]>(
    () => (purpose) => {
      const isOfThread = purpose.kind !== "write" && purpose.message.threadRootId;
      (isOfThread && inThread.current ? inThread.current : main)(purpose);
    },
    [main],
  );
  return { rootId, place, open, begin };
}

function useThreadAddress(conversationId: string) {
  const router = useRouter();
  const { thread: rootId = null } = threadOf(useSearch({ strict: false }));
  const open = useCallback(
    (thread: string) => {
      const { state, href, search } = router.state.location;
      void router.navigate({
        to: "/conversations/$conversationId",
        params: { conversationId },
        search: { ...listOf(search), thread },
        // Back closes the panel, however many threads were open in it.
        replace: threadOf(search).thread !== undefined,
        state: { beneath: state.beneath ?? state.__TSR_key ?? href },
      });
    },
    [router, conversationId],
  );
  const close = useCallback(() => {
    const { state, search } = router.state.location;
    if (state.beneath !== undefined) return router.history.back();
    void router.navigate({
      to: "/conversations/$conversationId",
      params: { conversationId },
      search: listOf(search),
      replace: true,
    });
  }, [router, conversationId]);
  return { rootId, open, close };
}
