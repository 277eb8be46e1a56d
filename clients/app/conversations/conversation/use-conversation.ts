// The conversation of a screen: open as long as the screen is.
import type { Conversation, ConversationState } from "@meetinity/client";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { client } from "../../shell/client.ts";

interface OpenConversation {
  readonly conversation: Conversation;
  readonly state: ConversationState;
}

/** Null for a moment, until it is open. */
export function useConversation(conversationId: string): OpenConversation | null {
  const [conversation, setConversation] = useState<Conversation | null>(null);
  useEffect(() => {
    const opened = client.conversation(conversationId);
    setConversation(opened);
    return () => opened.close();
  }, [conversationId]);
  const subscribe = useCallback(
    (listener: () => void) => conversation?.subscribe(listener) ?? (() => {}),
    [conversation],
  );
  const state = useSyncExternalStore(subscribe, () => conversation?.getSnapshot() ?? null);
  return conversation && state && { conversation, state };
}
