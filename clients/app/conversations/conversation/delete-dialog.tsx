// Asks before a message is deleted, for everybody or for the viewer alone.
import type { Message } from "@meetinity/client";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { useTranslation } from "react-i18next";

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

/** For the viewer alone. */
export function HideDialog({ deletion }: { readonly deletion: Deletion }) {
  const { t } = useTranslation("conversation");
  const { message, cancel, confirm } = deletion;
  return (
    <ConfirmDialog
      isOpen={message !== null}
      title={t("hiding.title")}
      text={t("hiding.text")}
      confirm={t("hiding.confirm")}
      onConfirm={() => message && confirm(message)}
      onCancel={cancel}
    />
  );
}
