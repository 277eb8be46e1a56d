// Asks before something that cannot be undone, or that others see.
import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useTranslation } from "react-i18next";
import { Button, type ButtonKind, buttonClass } from "./button.tsx";
import popup from "./popup.module.css";

interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly text: string;
  /** The name of the button that does it. */
  readonly confirm: string;
  /** Of that button. Default: `danger`. */
  readonly kind?: ButtonKind;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, title, text, confirm, kind = "danger", onConfirm, onCancel } = props;
  const { t } = useTranslation("shell");
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(open) => open || onCancel()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={popup.backdrop} />
        <AlertDialog.Popup className={popup.dialog}>
          <AlertDialog.Title>{title}</AlertDialog.Title>
          <AlertDialog.Description>{text}</AlertDialog.Description>
          <div className={popup.actions}>
            <AlertDialog.Close className={buttonClass({})}>{t("cancel")}</AlertDialog.Close>
            <Button kind={kind} onClick={onConfirm}>
              {confirm}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
