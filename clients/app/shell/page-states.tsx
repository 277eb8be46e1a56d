// Pages that cannot be shown.
import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Empty, Failed } from "../ui/state.tsx";
import { useTitle } from "./title.ts";

export function NotFound() {
  const { t } = useTranslation("shell");
  useTitle(t("notFound"));
  return (
    <Empty>
      <h1>{t("notFound")}</h1>
      <Link to="/">{t("toConversations")}</Link>
    </Empty>
  );
}

export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return <Failed error={error} onRetry={retry} />;
}
