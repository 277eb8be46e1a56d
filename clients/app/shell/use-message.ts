// Goes to the conversation with a person.
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { openConversation } from "./open-conversation.ts";

interface Obstacles {
  /** The two may not write to each other. */
  refuse(): void;
  /** The viewer must confirm their address first. */
  askToConfirm(): void;
}

/** Opens the conversation with a person, and goes there. Rejects when that could not be done. */
export function useMessage(userId: string, { refuse, askToConfirm }: Obstacles) {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  return async () => {
    const opened = await openConversation(userId);
    if (opened.id !== null) return goTo(opened.id);
    if (opened.why === "tooMany") {
      return sayFailure(t("tooManyRequests", { count: opened.requestsMax }));
    }
    return opened.why === "notVerified" ? askToConfirm() : refuse();
  };
  async function goTo(conversationId: string): Promise<void> {
    await navigate({ to: "/conversations/$conversationId", params: { conversationId } });
  }
}
