// The screen of one conversation: its states, and when it is ready the conversation itself.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useTitle } from "../../shell/title.ts";
import { Empty, Failed, Loading } from "../../ui/state.tsx";
import { ConversationView } from "./conversation-view.tsx";
import { useConversation } from "./use-conversation.ts";

interface ConversationScreenProps {
  readonly conversationId: string;
  readonly onReopen: () => void;
}

export function ConversationScreen({ conversationId, onReopen }: ConversationScreenProps) {
  const open = useConversation(conversationId);
  if (open?.state.status === "failed")
    return <Failed error={open.state.error} onRetry={onReopen} />;
  if (open?.state.status === "gone") return <Gone />;
  if (!open || open.state.status === "loading") return <Loading rows={6} />;
  return <ConversationView {...open} conversationId={conversationId} />;
}

function Gone() {
  const { t } = useTranslation("conversation");
  useTitle(t("untitled"));
  return (
    <Empty>
      <h1>{t("gone")}</h1>
      <Link to="/">{t("toConversations")}</Link>
    </Empty>
  );
}
