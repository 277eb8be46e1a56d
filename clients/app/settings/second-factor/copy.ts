// Copies a text, and says so.

import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { useTranslation } from "react-i18next";

export function useCopy(): (text: string) => void {
  const { t } = useTranslation("secondFactor");
  return (text) => {
    // There is no clipboard at an insecure address.
    const copied = navigator.clipboard?.writeText(text) ?? Promise.reject();
    copied.then(
      () => say(t("copied")),
      () => sayFailure(t("cannotCopy")),
    );
  };
}
