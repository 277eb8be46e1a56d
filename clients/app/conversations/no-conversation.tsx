// The place beside the list while no conversation is open.

import { Empty } from "@meetinity/ui/components/state.tsx";
import { MessageCircle } from "lucide-react";
import { useTranslation } from "react-i18next";

export function NoConversation() {
  const { t } = useTranslation("conversations");
  return <Empty icon={MessageCircle}>{t("choose")}</Empty>;
}
