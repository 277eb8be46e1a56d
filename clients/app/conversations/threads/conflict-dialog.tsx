// Two texts of a message: the viewer's, and a newer one that was saved elsewhere meanwhile.
import { AlertDialog } from "@base-ui/react/alert-dialog";
import { Button } from "@meetinity/ui/components/button.tsx";
import popup from "@meetinity/ui/components/popup.module.css";
import { useTranslation } from "react-i18next";
import type { Conflict } from "../composer/use-saving.ts";
import styles from "./thread.module.css";

interface ConflictDialogProps {
  /** Null: nothing is asked. */
  readonly conflict: Conflict | null;
}

export function ConflictDialog({ conflict }: ConflictDialogProps) {
  const { t } = useTranslation("threads");
  return (
    <AlertDialog.Root
      open={conflict !== null}
      onOpenChange={(isOpen) => isOpen || conflict?.keepNewer()}
    >
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={popup.backdrop} />
        <AlertDialog.Popup className={popup.dialog}>
          <AlertDialog.Title>{t("conflict.title")}</AlertDialog.Title>
          <AlertDialog.Description>{t("conflict.text")}</AlertDialog.Description>
          <p className={styles.when}>{t("conflict.yours")}</p>
          <p className={styles.text} dir="auto">
            {conflict?.yours}
          </p>
          <p className={styles.when}>{t("conflict.newer")}</p>
          <p className={styles.text} dir="auto">
            {conflict?.newer}
          </p>
          <div className={popup.actions}>
            <Button onClick={() => conflict?.keepNewer()}>{t("conflict.keepNewer")}</Button>
            <Button kind="primary" onClick={() => conflict?.keepYours()}>
              {t("conflict.keepYours")}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
