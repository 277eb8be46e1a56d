// How many people may come, and who gets seats when there are too few.
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import { useTranslation } from "react-i18next";
import { CheckBox, Choice } from "../../parts/fields.tsx";
import type { Draft } from "./draft.ts";
import styles from "./editor.module.css";
import { type FieldOf, Section } from "./section.tsx";

interface SeatFieldsProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly fieldOf: FieldOf;
}

/** In minutes; empty is at once. */
const OFFERS = [
  ["", "atOnce"],
  ["60", "hour"],
  ["360", "sixHours"],
  ["1440", "day"],
  ["2880", "twoDays"],
] as const;
/** How many smaller parties may pass. */
const PASSES = [
  ["3", "three"],
  ["0", "nobody"],
  ["10", "ten"],
] as const;

export function SeatFields({ draft, fieldOf, onChange }: SeatFieldsProps) {
  const { t } = useTranslation("editor");
  const checkOf = (name: "hasWaitlist" | "isApprovalRequired") => ({
    name,
    checked: draft[name] !== "",
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly checked: boolean } }) =>
      onChange({ ...draft, [name]: currentTarget.checked ? "on" : "" }),
  });
  return (
    <Section title={t("sections.seats")}>
      <div className={styles.pair}>
        <TextField label={t("capacity")} inputMode="numeric" {...fieldOf("capacity")} />
        <TextField label={t("partySizeMax")} inputMode="numeric" {...fieldOf("partySizeMax")} />
      </div>
      <CheckBox
        label={t("isApprovalRequired")}
        hint={t("isApprovalRequiredHint")}
        {...checkOf("isApprovalRequired")}
      />
      <CheckBox label={t("hasWaitlist")} hint={t("hasWaitlistHint")} {...checkOf("hasWaitlist")} />
      {draft.hasWaitlist !== "" && (
        <>
          <Choice
            label={t("offers")}
            hint={t("offersHint")}
            options={OFFERS.map(([value, key]) => ({ value, name: t(`offerOptions.${key}`) }))}
            {...fieldOf("offerMinutes")}
          />
          <Choice
            label={t("passes")}
            hint={t("passesHint")}
            options={PASSES.map(([value, key]) => ({ value, name: t(`passOptions.${key}`) }))}
            {...fieldOf("passesMax")}
          />
        </>
      )}
    </Section>
  );
}
