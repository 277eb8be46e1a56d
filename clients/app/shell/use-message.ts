// Goes to the conversation with a person.
import { useNavigate } from "@tanstack/react-router";
import { openConversation } from "./open-conversation.ts";

interface Obstacles {
  /** The two may not write to each other. */
  refuse(): void;
  /** The viewer must confirm their address first. */
  askToConfirm(): void;
}

/** Opens the conversation with a person, and goes there. Rejects when that could not be done. */
export function useMessage(userId: string, { refuse, askToConfirm }: Obstacles) {
  const navigate = useNavigate();
  return async () => {
    const opened = await openConversation(userId);
    if (opened.id === null) return opened.why === "notVerified" ? askToConfirm() : refuse();
    const { id: conversationId } = opened;
    await navigate({ to: "/conversations/$conversationId", params: { conversationId } });
  };
}
