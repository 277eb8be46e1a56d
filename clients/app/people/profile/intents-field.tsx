// The intents of a person, as switches that show all there are.
import type { Intent } from "@meetinity/client/operations";
import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./profile.module.css";

const INTENTS: readonly Intent[] = [
  "NETWORKING",
  "FIND_MENTOR",
  "MENTOR",
  "FIND_WORK",
  "HIRE",
  "FIND_COFOUNDER",
  "RAISE_FUNDS",
  "INVEST",
];

interface IntentsFieldProps {
  readonly values: readonly Intent[];
  readonly onChange: (values: readonly Intent[]) => void;
}

export function IntentsField({ values, onChange }: IntentsFieldProps) {
  const { t } = useTranslation("profile");
  const { t: people } = useTranslation("people");
  return (
    <fieldset className={styles.intents} aria-describedby="intents-hint">
      <legend>{t("intents")}</legend>
      <div className={styles.choices}>
        {INTENTS.map((intent) => {
          const isChosen = values.includes(intent);
          const others = values.filter((each) => each !== intent);
          return (
            <label key={intent} className={styles.choice}>
              <input
                type="checkbox"
                checked={isChosen}
                onChange={() => onChange(isChosen ? others : [...values, intent])}
              />
              {isChosen && <Check aria-hidden="true" size={16} />}
              {people(`intents.${intent}`)}
            </label>
          );
        })}
      </div>
      <p id="intents-hint" className={styles.hint}>
        {t("intentsHint")}
      </p>
    </fieldset>
  );
}
