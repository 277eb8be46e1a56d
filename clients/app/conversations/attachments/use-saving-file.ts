// Saves a file, and says in a notice when that fails.
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { saveFile } from "./save.ts";

export function useSavingFile() {
  const { t } = useTranslation("attachments");
  const [isSaving, setSaving] = useState(false);
  async function save(id: string, name: string): Promise<void> {
    if (isSaving) return;
    setSaving(true);
    await saveFile(id, name).catch(() => sayFailure(t("notSaved")));
    setSaving(false);
  }
  return { isSaving, save: (id: string, name: string) => void save(id, name) };
}
