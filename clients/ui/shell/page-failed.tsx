// In place of a page that cannot be shown.
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Failed } from "../components/state.tsx";
import { useTitle } from "./title.ts";

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
