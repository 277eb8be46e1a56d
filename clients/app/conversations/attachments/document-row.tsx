// A document of a message: its name, its size, and the way to save it.
import type { Attachment } from "@meetinity/client";
import { formatBytes } from "@meetinity/ui/i18n/sizes.ts";
import { Download, FileText } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./shown-files.module.css";
import { useSavingFile } from "./use-saving-file.ts";

interface DocumentRowProps {
  readonly file: Attachment;
  readonly isReachable: boolean;
}

export function DocumentRow({ file, isReachable }: DocumentRowProps) {
  const { t, i18n } = useTranslation("attachments");
  const { isSaving, save } = useSavingFile();
  const { id, state, bytes } = file;
  const fileName = file.fileName ?? t("file");
  const isReady = state === "READY";
  const size = formatBytes(bytes, i18n.language);
  const words = (
    <>
      <FileText aria-hidden="true" size={24} />
      <span className={styles.words}>
        <span className={styles.fileName} dir="auto">
          {fileName}
        </span>
        <span className={styles.note}>{isReady ? size : `${size} · ${t("processing")}`}</span>
      </span>
    </>
  );
  if (!isReady) return <div className={styles.row}>{words}</div>;
  return (
    <button
      type="button"
      className={styles.row}
      aria-label={t("save", { name: fileName, size })}
      aria-busy={isSaving}
      tabIndex={isReachable ? 0 : -1}
      onClick={() => save(id, fileName)}
    >
      {words}
      <Download aria-hidden="true" size={20} />
    </button>
  );
}
