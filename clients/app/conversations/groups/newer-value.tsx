// The value that somebody else has given to a detail of a group meanwhile.
import { Button } from "@meetinity/ui/components/button.tsx";
import { useTranslation } from "react-i18next";
import type { Details } from "./draft.ts";
import styles from "./groups.module.css";

/** The details that have a few values, and the texts of these. */
export type Values = Omit<Details, "title" | "description">;

/** Gives a value in words. */
export function useValueText() {
  const { t } = useTranslation("groups");
  return (name: keyof Details, value: string): string => {
    switch (name) {
      case "title":
      case "description":
        return value === "" ? t("settings.nothing") : value;
      case "history":
        return t(`settings.histories.${value as Details["history"]}`);
      case "editHistory":
        return t(`settings.editHistories.${value as Details["editHistory"]}`);
      default:
        return t(`settings.policies.${value as Details["posting"]}`);
    }
  };
}

interface NewerValueProps {
  readonly name: keyof Details;
  readonly value: string;
  readonly onTake: () => void;
}

export function NewerValue({ name, value, onTake }: NewerValueProps) {
  const { t } = useTranslation("groups");
  const textOf = useValueText();
  return (
    <p className={styles.newer}>
      <span dir="auto">{t("settings.now", { value: textOf(name, value) })}</span>
      <Button isSmall onClick={onTake}>
        {t("settings.take")}
      </Button>
    </p>
  );
}
