// The heading of a dialog: its title, the button that closes it, and the way back if it has pages.
import { Dialog } from "@base-ui/react/dialog";
import { ArrowLeft, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { buttonClass, IconButton } from "./button.tsx";
import popup from "./popup.module.css";

interface DialogHeadingProps {
  readonly title: string;
  /** On pages behind the first one. */
  readonly back?: { readonly name: string; readonly go: () => void };
}

export function DialogHeading({ title, back }: DialogHeadingProps) {
  const { t } = useTranslation("shell");
  return (
    <div className={popup.heading}>
      {back && (
        // The button that led here is gone, and the focus with it.
        <IconButton autoFocus name={back.name} className={popup.back} onClick={back.go}>
          <ArrowLeft aria-hidden="true" size={20} />
        </IconButton>
      )}
      <Dialog.Title className={popup.title}>{title}</Dialog.Title>
      <Dialog.Close aria-label={t("close")} className={buttonClass({ kind: "plain" }, true)}>
        <X aria-hidden="true" size={20} />
      </Dialog.Close>
    </div>
  );
}
