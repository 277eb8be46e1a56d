// The screen of one conversation: its states, and when it is ready the conversation itself.

import { Empty, Failed } from "@meetinity/ui/components/state.tsx";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { Link } from "@tanstack/react-router";
import { MessageCircleOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ConversationSkeleton } from "./conversation-skeleton.tsx";
import { ConversationView } from "./conversation-view.tsx";
import { useConversation } from "./use-conversation.ts";

interface ConversationScreenProps {
  readonly conversationId: string;
  readonly onReopen: () => void;
}

export function ConversationScreen({ conversationId, onReopen }: ConversationScreenProps) {
  const open = useConversation(conversationId);
  if (!open || open.state.status === "loading") return <ConversationSkeleton />;
  if (open.state.status === "failed") {
    return <CannotBeShown error={open.state.error} onRetry={onReopen} />;
  }
  if (open.state.status === "gone") return <Gone />;
  return <ConversationView {...open} {...{ conversationId, onReopen }} />;
}

interface CannotBeShownProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

function CannotBeShown(props: CannotBeShownProps) {
  const { t } = useTranslation("conversation");
  useTitle(t("untitled"));
  return <Failed heading={t("failed")} {...props} />;
}

function Gone() {
  const { t } = useTranslation("conversation");
  useTitle(t("untitled"));
  return (
    <Empty icon={MessageCircleOff}>
      <h1>{t("gone")}</h1>
      <Link to="/">{t("toConversations")}</Link>
    </Empty>
  );
}
