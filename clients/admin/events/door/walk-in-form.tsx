// Lets in people without a registration.
import { Button } from "@meetinity/ui/components/button.tsx";
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Choice } from "../../parts/fields.tsx";
import styles from "./door.module.css";
import type { StoredType } from "./stored-door.ts";

const PEOPLE_MAX = 50;

interface WalkInFormProps {
  readonly types: readonly StoredType[];
  readonly onWalkIn: (party: {
    readonly partySize: number;
    readonly label: string;
    readonly ticketTypeId: string | null;
  }) => void;
}

export function WalkInForm({ types, onWalkIn }: WalkInFormProps) {
  const { t } = useTranslation("door");
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    const values = new FormData(form);
    const partySize = Number(values.get("partySize"));
    if (!Number.isInteger(partySize) || partySize < 1 || partySize > PEOPLE_MAX) return;
    onWalkIn({
      partySize,
      label: String(values.get("label") ?? "").trim(),
      ticketTypeId: String(values.get("ticketType") ?? "") || null,
    });
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
      {types.length > 0 && (
        <Choice
          name="ticketType"
          label={t("ticketType")}
          options={[
            { value: "", name: t("noType") },
            ...types.map(({ id, name }) => ({ value: id, name })),
          ]}
        />
      )}
      <TextField name="label" label={t("label")} maxLength={80} hint={t("labelHint")} />
      <Button type="submit">{t("letIn")}</Button>
    </form>
  );
}
