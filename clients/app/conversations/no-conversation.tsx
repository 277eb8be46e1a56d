// What stands beside the list while no conversation is open.
import { useTranslation } from "react-i18next";
import { Empty } from "../ui/state.tsx";

export function NoConversation() {
  const { t } = useTranslation("conversations");
  return <Empty>{t("choose")}</Empty>;
}
