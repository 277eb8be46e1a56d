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
  readonly seatsTaken: number;
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

export function SeatFields({ draft, fieldOf, onChange, seatsTaken }: SeatFieldsProps) {
  const { t } = useTranslation("editor");
  const offers = withOwn(OFFERS, draft.offerMinutes).map(([value, key]) => ({
    value,
    name:
      key === null ? t("offerOptions.minutes", { count: Number(value) }) : t(`offerOptions.${key}`),
  }));
  const passes = withOwn(PASSES, draft.passesMax).map(([value, key]) => ({
    value,
    name: key === null ? t("passOptions.count", { count: Number(value) }) : t(`passOptions.${key}`),
  }));
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
      <BelowTaken capacity={Number(draft.capacity)} seatsTaken={seatsTaken} />
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
            options={offers}
            {...fieldOf("offerMinutes")}
          />
          <Choice
            label={t("passes")}
            hint={t("passesHint")}
            options={passes}
            {...fieldOf("passesMax")}
          />
        </>
      )}
    </Section>
  );
}

/** Fewer seats than are taken are allowed, and mean something. */
function BelowTaken(props: { readonly capacity: number; readonly seatsTaken: number }) {
  const { capacity, seatsTaken } = props;
  const { t } = useTranslation("editor");
  const isBelow = capacity >= 1 && capacity < seatsTaken;
  return (
    <p role="status" className={isBelow ? styles.notice : "hidden-visually"}>
      {isBelow && t("belowTaken", { count: seatsTaken, capacity })}
    </p>
  );
}

type Options<Key> = readonly (readonly [value: string, key: Key])[];

/** With the value that the event has, where it is none of the usual ones. */
function withOwn<Key>(options: Options<Key>, own: string): Options<Key | null> {
  const isUsual = options.some(([value]) => value === own);
  return isUsual ? options : [...options, [own, null]];
}
