// Lets in people without a registration.
import { Button } from "@meetinity/ui/components/button.tsx";
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import styles from "./door.module.css";

const PEOPLE_MAX = 50;

interface WalkInFormProps {
  readonly onWalkIn: (partySize: number, label: string) => void;
}

export function WalkInForm({ onWalkIn }: WalkInFormProps) {
  const { t } = useTranslation("door");
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    const values = new FormData(form);
    const partySize = Number(values.get("partySize"));
    if (!Number.isInteger(partySize) || partySize < 1 || partySize > PEOPLE_MAX) return;
    onWalkIn(partySize, String(values.get("label") ?? "").trim());
    form.reset();
  }
  return (
    <form className={styles.walkIn} onSubmit={submit} aria-label={t("walkIn")}>
      <TextField
        name="partySize"
        label={t("people")}
        type="number"
        inputMode="numeric"
        min={1}
        max={PEOPLE_MAX}
        defaultValue={1}
        required
      />
      <TextField name="label" label={t("label")} maxLength={80} hint={t("labelHint")} />
      <Button type="submit">{t("letIn")}</Button>
    </form>
  );
}
