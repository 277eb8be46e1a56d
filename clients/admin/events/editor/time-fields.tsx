// Where and when an event is, on the clock of its place.
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import { useTranslation } from "react-i18next";
import { Choice } from "../../parts/fields.tsx";
import styles from "./editor.module.css";
import { type FieldOf, Section } from "./section.tsx";

interface TimeFieldsProps {
  readonly fieldOf: FieldOf;
  /** As it is now. */
  readonly language: string;
  /** Then the start stays. */
  readonly hasStarted: boolean;
}

export function TimeFields({ fieldOf, language, hasStarted }: TimeFieldsProps) {
  const { t } = useTranslation("editor");
  return (
    <Section title={t("sections.where")}>
      <TextField label={t("venue")} hint={t("venueHint")} maxLength={200} {...fieldOf("venue")} />
      <TextField
        label={t("onlineUrl")}
        hint={t("onlineUrlHint")}
        inputMode="url"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={2_000}
        {...fieldOf("onlineUrl")}
      />
      <div className={styles.pair}>
        <TextField
          label={t("startsAt")}
          type="datetime-local"
          readOnly={hasStarted}
          {...(hasStarted && { hint: t("hasStarted") })}
          {...fieldOf("startsAt")}
        />
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
      <LanguageField fieldOf={fieldOf} language={language} />
    </Section>
  );
}

/** Those of which there is a choice; an event may have any other. */
const LANGUAGES = ["ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "uk", "zh"];

function LanguageField({ fieldOf, language }: Omit<TimeFieldsProps, "hasStarted">) {
  const { t, i18n } = useTranslation("editor");
  const names = new Intl.DisplayNames(i18n.language, { type: "language" });
  const all = new Set([...LANGUAGES, ...(language === "" ? [] : [language])]);
  const options = [...all]
    .map((value) => ({ value, name: names.of(value) ?? value }))
    .sort((one, other) => one.name.localeCompare(other.name, i18n.language));
  return (
    <Choice
      label={t("language")}
      options={[{ value: "", name: t("noLanguage") }, ...options]}
      {...fieldOf("language")}
    />
  );
}
