// Asks before somebody is blocked, and says what that does.
import { AlertDialog } from "@base-ui/react/alert-dialog";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { buttonClass } from "../ui/button.tsx";
import popup from "../ui/popup.module.css";

interface BlockDialogProps {
  readonly name: string;
  readonly onBlock: () => void;
  /** What stands on the button that opens the dialog. */
  readonly children: ReactNode;
}

export function BlockDialog({ name, onBlock, children }: BlockDialogProps) {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation("shell");
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger className={buttonClass({})}>{children}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={popup.backdrop} />
        <AlertDialog.Popup className={popup.dialog}>
          <AlertDialog.Title>{t("blockTitle", { name })}</AlertDialog.Title>
          <AlertDialog.Description render={<div className={popup.body} />}>
            <p>{t("blockEffect", { name })}</p>
          </AlertDialog.Description>
          <div className={popup.actions}>
            <AlertDialog.Close className={buttonClass({})}>{common("cancel")}</AlertDialog.Close>
            <AlertDialog.Close className={buttonClass({ kind: "danger" })} onClick={onBlock}>
              {t("block")}
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
