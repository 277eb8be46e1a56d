// A field for a new password, with its rules, which are ticked off while it is typed.
import { Check, Circle } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./new-password-field.module.css";
import { PasswordField } from "./password-field.tsx";
import { keptRules, LENGTH_MIN } from "./password-rules.ts";

interface NewPasswordFieldProps {
  readonly name: string;
  readonly label: string;
}

export function NewPasswordField({ name, label }: NewPasswordFieldProps) {
  const { t } = useTranslation("passwords");
  const [typed, setTyped] = useState("");
  const kept = keptRules(typed);
  const rules = [
    { isKept: kept.length, text: t("length", { count: LENGTH_MIN }) },
    { isKept: kept.variety, text: t("variety") },
  ];
  return (
    <div className={styles.group}>
      <PasswordField
        name={name}
        label={label}
        autoComplete="new-password"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ul className={styles.rules} aria-label={t("rules")}>
        {rules.map(({ isKept, text }) => (
          <li key={text} data-kept={isKept || undefined}>
            {isKept ? <Check aria-hidden="true" /> : <Circle aria-hidden="true" />}
            <span>
              {text}
              <span className={styles.state}>{t(isKept ? "kept" : "open")}</span>
            </span>
          </li>
        ))}
      </ul>
      <p className={styles.hint}>{t("hint")}</p>
    </div>
  );
}
