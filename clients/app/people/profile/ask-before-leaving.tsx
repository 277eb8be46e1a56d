// Asks before changes of the profile are lost. The question is loaded with the first change.
import { useBlocker } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

const loadQuestion = () =>
  import("@meetinity/ui/components/confirm-dialog.tsx").then(({ ConfirmDialog }) => ({
    default: ConfirmDialog,
  }));
const Question = lazy(loadQuestion);

export function AskBeforeLeaving({ isChanged }: { readonly isChanged: boolean }) {
  const { t } = useTranslation("profile");
  const [canAsk, setCanAsk] = useState(false);
  useEffect(() => {
    if (isChanged) {
      loadQuestion().then(
        () => setCanAsk(true),
        () => {},
      );
    }
  }, [isChanged]);
  const blocker = useBlocker({
    // Without the question nobody could go on.
    shouldBlockFn: () => isChanged && canAsk,
    enableBeforeUnload: isChanged,
    withResolver: true,
  });
  return (
    <Suspense>
      {canAsk && (
        <Question
          isOpen={blocker.status === "blocked"}
          title={t("leaveTitle")}
          text={t("leaveText")}
          confirm={t("discard")}
          onConfirm={() => blocker.proceed?.()}
          onCancel={() => blocker.reset?.()}
        />
      )}
    </Suspense>
  );
}
