// Pages that cannot be shown.
import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Empty, Failed } from "../ui/state.tsx";
import { useTitle } from "./title.ts";

export function NotFound() {
  const { t } = useTranslation("shell");
  useTitle(t("notFound"));
  return (
    <Empty icon={Compass}>
      <h1>{t("notFound")}</h1>
      <Link to="/">{t("toConversations")}</Link>
    </Empty>
  );
}

export function PageFailed({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation("shell");
  useTitle(t("pageFailed"));
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return <Failed heading={t("pageFailed")} error={error} onRetry={retry} />;
}
