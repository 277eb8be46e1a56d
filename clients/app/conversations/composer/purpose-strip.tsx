// Says that the field holds a reply or an edit, and of which message.

import { IconButton } from "@meetinity/ui/components/button.tsx";
import { Pencil, Reply, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { lineOf } from "../attachments/describe.ts";
import { nameOf } from "../conversation/names.ts";
import { useReader } from "../log/reader.tsx";
import styles from "./composer.module.css";
import type { Purpose } from "./use-purpose.ts";

interface PurposeStripProps {
  readonly purpose: Purpose;
  readonly onCancel: () => void;
}

export function PurposeStrip({ purpose, onCancel }: PurposeStripProps) {
  const { t, viewerId } = useReader();
  const { t: common } = useTranslation("shell");
  if (purpose.kind === "write") return null;
  const isEdit = purpose.kind === "edit";
  const { sender } = purpose.message;
  const name = sender !== null && sender.id === viewerId ? t("you") : nameOf(sender, t);
  const Icon = isEdit ? Pencil : Reply;
  return (
    <div className={styles.strip}>
      <Icon aria-hidden="true" size={18} />
      <div className={styles.stripTexts}>
        <strong>{isEdit ? t("editing") : t("replyingTo", { name })}</strong>
        <span dir="auto">{lineOf(purpose.message, t)}</span>
      </div>
      <IconButton isSmall name={common("cancel")} onClick={onCancel}>
        <X aria-hidden="true" size={18} />
      </IconButton>
    </div>
  );
}
