// Asks before a page is left whose changes are not saved.
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

export function Unsaved({ isChanged }: { readonly isChanged: boolean }) {
  const { t } = useTranslation("editor");
  const blocker = useBlocker({
    shouldBlockFn: () => isChanged,
    enableBeforeUnload: isChanged,
    withResolver: true,
  });
  return (
    <ConfirmDialog
      isOpen={blocker.status === "blocked"}
      title={t("leaveTitle")}
      text={t("leaveText")}
      confirm={t("leave")}
      onConfirm={() => blocker.proceed?.()}
      onCancel={() => blocker.reset?.()}
    />
  );
}
