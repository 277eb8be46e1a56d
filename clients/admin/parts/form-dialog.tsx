// A dialog about an event with a form.
import { Dialog } from "@base-ui/react/dialog";
import { Button, type ButtonKind, buttonClass } from "@meetinity/ui/components/button.tsx";
import { SubmissionForm } from "@meetinity/ui/components/form.tsx";
import popup from "@meetinity/ui/components/popup.module.css";
import type { Submission } from "@meetinity/ui/components/submission.ts";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./form-dialog.module.css";

interface FormDialogProps {
  readonly title: string;
  readonly text: string;
  readonly submission: Submission;
  readonly submit: string;
  readonly kind: ButtonKind;
  /** The name of the button that does nothing. Default: "Cancel". */
  readonly keep?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function FormDialog(props: FormDialogProps) {
  const { t } = useTranslation("shell");
  const { title, text, submission, submit, kind, keep = t("cancel"), onClose, children } = props;
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={popup.backdrop} />
        <Dialog.Popup className={popup.dialog}>
          <Dialog.Title>{title}</Dialog.Title>
          <SubmissionForm submission={submission} className={styles.form}>
            <div className={styles.body}>
              <Dialog.Description>{text}</Dialog.Description>
              {children}
            </div>
            <div className={popup.actions}>
              <Dialog.Close className={buttonClass({})}>{keep}</Dialog.Close>
              <Button kind={kind} type="submit" aria-disabled={submission.state.isBusy}>
                {submit}
              </Button>
            </div>
          </SubmissionForm>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
