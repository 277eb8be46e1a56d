// The conversation of a screen: open as long as the screen is.
import type { Conversation, ConversationState, Observable } from "@meetinity/client";
import { openConversation } from "@meetinity/client/conversation";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useEffect, useState } from "react";
import { client } from "../../shell/client.ts";
import { throttledToFrames } from "./frame-throttle.ts";
import { stepTo } from "./steps.ts";

interface OpenConversation {
  readonly conversation: Conversation;
  readonly state: ConversationState;
}

const NONE: Observable<null> = { getSnapshot: () => null, subscribe: () => () => {} };

/** Null for a moment, until it is open. */
export function useConversation(conversationId: string): OpenConversation | null {
  const [opened, setOpened] = useState<{
    readonly conversation: Conversation;
    readonly shown: Observable<ConversationState>;
  } | null>(null);
  useEffect(() => {
    const conversation = openConversation(client, conversationId);
    setOpened({ conversation, shown: throttledToFrames(conversation, stepTo) });
    return () => conversation.close();
  }, [conversationId]);
  const state = useObservable<ConversationState | null>(opened?.shown ?? NONE);
  return opened && state && { conversation: opened.conversation, state };
}
