// The page that follows the deletion of an account.

import { CardFrame } from "@meetinity/ui/session/card.tsx";
import { Link, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLongDate } from "./dates.ts";

export function LeftPage() {
  const { t } = useTranslation("comingBack");
  const { t: session } = useTranslation("session");
  const { until } = useSearch({ from: "/left" });
  const date = useLongDate(until);
  return (
    <CardFrame
      title={t("leftTitle")}
      lead={t("leftLead")}
      other={<Link to="/sign-in">{session("signIn")}</Link>}
    >
      <p>{date === null ? t("leftSoon") : t("leftUntil", { date })}</p>
      <p>{t("leftMail")}</p>
    </CardFrame>
  );
}
