// One setting of a group: a few values, of which one holds.
import type { ReactNode } from "react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Details } from "./draft.ts";
import styles from "./groups.module.css";
import { useValueText, type Values } from "./newer-value.tsx";

interface PolicyFieldProps<Name extends keyof Values> {
  readonly name: Name;
  readonly value: Details[Name];
  readonly options: readonly Details[Name][];
  readonly onChoose: (value: Details[Name]) => void;
  /** Below the values. */
  readonly children: ReactNode;
}

export function PolicyField<Name extends keyof Values>(props: PolicyFieldProps<Name>) {
  const { name, value, options, onChoose, children } = props;
  const { t } = useTranslation("groups");
  const textOf = useValueText();
  const group = useId();
  return (
    <fieldset className={styles.policy}>
      <legend>{t(`settings.${name}`)}</legend>
      <div className={styles.options}>
        {options.map((option) => (
          <label key={option} className={styles.option}>
            <input
              type="radio"
              name={group}
              checked={option === value}
              onChange={() => onChoose(option)}
            />
            {textOf(name, option)}
          </label>
        ))}
      </div>
      {name === "posting" && <p className={styles.hint}>{t("settings.postingHint")}</p>}
      {children}
    </fieldset>
  );
}
