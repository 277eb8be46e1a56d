// The page of the people whom the viewer blocks.
import card from "@meetinity/ui/look/card.module.css";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { useTranslation } from "react-i18next";
import { Back } from "../../shell/back.tsx";
import { client } from "../../shell/client.ts";
import { BlockedList } from "./blocked-list.tsx";

export function BlockedPage() {
  const { t } = useTranslation("blocked");
  useTitle(t("title"));
  const { viewerId } = useObservable(client.session);
  return (
    <div className={card.page}>
      <Back to="/profile" />
      <h1>{t("title")}</h1>
      {viewerId !== null && <BlockedList key={viewerId} viewerId={viewerId} />}
    </div>
  );
}
