// An address where there is nothing.
import { Empty } from "@meetinity/ui/components/state.tsx";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { Link } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { useTranslation } from "react-i18next";

export function NotFound() {
  const { t } = useTranslation("shell");
  useTitle(t("notFound"));
  return (
    <Empty icon={Compass}>
      <h1>{t("notFound")}</h1>
      <Link to="/">{t("toStart")}</Link>
    </Empty>
  );
}
