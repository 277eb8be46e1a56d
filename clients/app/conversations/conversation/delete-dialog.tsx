// Asks before a message is deleted.
import type { Message } from "@meetinity/client";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";

export interface Deletion {
  /** Null: nothing is asked. */
  readonly message: Message | null;
  readonly cancel: () => void;
  readonly confirm: (message: Message) => void;
}

export function DeleteDialog({ deletion }: { readonly deletion: Deletion }) {
  const { t } = useTranslation("conversation");
  const { message, cancel, confirm } = deletion;
  return (
    <ConfirmDialog
      isOpen={message !== null}
      title={t("deleting.title")}
      text={t("deleting.text")}
      confirm={t("deleting.confirm")}
      onConfirm={() => message && confirm(message)}
      onCancel={cancel}
    />
  );
}
