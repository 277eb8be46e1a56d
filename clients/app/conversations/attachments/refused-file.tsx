// A file that was refused after it had been sent, and why.
import type { Attachment } from "@meetinity/client";
import { FileX } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./shown-files.module.css";

export function RefusedFile({ file }: { readonly file: Attachment }) {
  const { t } = useTranslation("attachments");
  const { fileName, refusal } = file;
  return (
    <div className={styles.row} data-refused>
      <FileX aria-hidden="true" size={24} />
      <div className={styles.words}>
        <span className={styles.fileName} dir="auto">
          {fileName ?? t("file")}
        </span>
        <span className={styles.note}>
          {t("refused")} {refusal && t(`refusals.${refusal}`)}
        </span>
      </div>
    </div>
  );
}
