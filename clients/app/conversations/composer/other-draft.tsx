// Offers the text that another device was writing when this one replaced it.
import { Button } from "@meetinity/ui/components/button.tsx";
import { MonitorSmartphone } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./composer.module.css";

interface OtherDraftProps {
  readonly text: string | null;
  readonly decide: (takesOther: boolean) => void;
}

export function OtherDraft({ text, decide }: OtherDraftProps) {
  const { t } = useTranslation("conversation");
  if (text === null) return null;
  return (
    <div role="status" className={styles.strip}>
      <MonitorSmartphone aria-hidden="true" size={18} />
      <div className={styles.stripTexts}>
        <strong>{t("otherDraft.title")}</strong>
        <span dir="auto">{text}</span>
      </div>
      <Button isSmall onClick={() => decide(true)}>
        {t("otherDraft.take")}
      </Button>
      <Button isSmall kind="plain" onClick={() => decide(false)}>
        {t("otherDraft.drop")}
      </Button>
    </div>
  );
}
