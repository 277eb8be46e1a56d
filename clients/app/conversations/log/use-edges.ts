// Loads earlier and later messages before the reader reaches them.
import type { Conversation, ConversationState } from "@meetinity/client";
import { useEffect, useRef, useState } from "react";
import { nearEdges, type View } from "./view.ts";

type Side = "earlier" | "later";

export interface Edges {
  /** A page that could not be loaded: it is not asked for again before the reader wants it. */
  readonly failure: { readonly side: Side; readonly error: unknown } | null;
  readonly retry: () => void;
  /** Call it when another part of the log is in view. */
  readonly check: () => void;
}

export function useEdges(
  conversation: Conversation,
  { hasEarlier, hasLater }: ConversationState,
  viewOf: () => View,
): Edges {
  const [failure, setFailure] = useState<Edges["failure"]>(null);
  const isLoading = useRef(false);

  function load(side: Side): void {
    if (isLoading.current) return;
    isLoading.current = true;
    setFailure(null);
    const loading = side === "earlier" ? conversation.loadEarlier() : conversation.loadLater();
    loading
      .catch((error: unknown) => setFailure({ side, error }))
      .finally(() => {
        isLoading.current = false;
      });
  }

  function check(): void {
    const view = viewOf();
    if (view.height === 0) return;
    const near = nearEdges(view);
    if (near.start && hasEarlier && failure?.side !== "earlier") load("earlier");
    else if (near.end && hasLater && failure?.side !== "later") load("later");
  }

  // A page may be smaller than the screen.
  useEffect(() => check());

  return { failure, retry: () => failure && load(failure.side), check };
}
