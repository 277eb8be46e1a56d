// In place of a page that does not belong to the person who is signed in.
import { Empty } from "@meetinity/ui/components/state.tsx";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { ShieldX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { appUrl } from "./app-url.ts";

export function NotYours() {
  const { t } = useTranslation("shell");
  useTitle(t("notYours"));
  return (
    <Empty icon={ShieldX}>
      <h1>{t("notYours")}</h1>
      <p>{t("notYoursHint")}</p>
      <a href={appUrl()}>{t("toApp")}</a>
    </Empty>
  );
}
