// The heading of a dialog of details, with the way back to the first of its pages.
import { Dialog } from "@base-ui/react/dialog";
import { buttonClass, IconButton } from "@meetinity/ui/components/button.tsx";
import popup from "@meetinity/ui/components/popup.module.css";
import { ArrowLeft, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./details.module.css";

interface DetailsHeadingProps {
  readonly title: string;
  /** On pages behind the first one. */
  readonly back?: { readonly name: string; readonly go: () => void };
}

export function DetailsHeading({ title, back }: DetailsHeadingProps) {
  const { t } = useTranslation("shell");
  return (
    <div className={popup.heading}>
      {back && (
        // The button that led here is gone, and the focus with it.
        <IconButton autoFocus name={back.name} className={styles.back} onClick={back.go}>
          <ArrowLeft aria-hidden="true" size={20} />
        </IconButton>
      )}
      <Dialog.Title className={styles.title}>{title}</Dialog.Title>
      <Dialog.Close aria-label={t("close")} className={buttonClass({ kind: "plain" }, true)}>
        <X aria-hidden="true" size={20} />
      </Dialog.Close>
    </div>
  );
}
