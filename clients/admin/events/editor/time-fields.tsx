// Where and when an event is, on the clock of its place.
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import { useTranslation } from "react-i18next";
import styles from "./editor.module.css";
import { type FieldOf, Section } from "./section.tsx";

export function TimeFields({ fieldOf }: { readonly fieldOf: FieldOf }) {
  const { t } = useTranslation("editor");
  return (
    <Section title={t("sections.where")}>
      <TextField label={t("venue")} hint={t("venueHint")} maxLength={200} {...fieldOf("venue")} />
      <div className={styles.pair}>
        <TextField label={t("startsAt")} type="datetime-local" {...fieldOf("startsAt")} />
        <TextField label={t("endsAt")} type="datetime-local" {...fieldOf("endsAt")} />
      </div>
      <TextField
        label={t("timeZone")}
        hint={t("timeZoneHint")}
        list="time-zones"
        spellCheck={false}
        {...fieldOf("timeZone")}
      />
      <datalist id="time-zones">
        {Intl.supportedValuesOf("timeZone").map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </Section>
  );
}
