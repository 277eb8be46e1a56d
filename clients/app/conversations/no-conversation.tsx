// The place beside the list while no conversation is open.
import { MessageCircle } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Empty } from "../ui/state.tsx";

export function NoConversation() {
  const { t } = useTranslation("conversations");
  return <Empty icon={MessageCircle}>{t("choose")}</Empty>;
}
