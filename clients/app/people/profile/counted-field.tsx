// A text field that says how much room there is.
import { Field } from "@base-ui/react/field";
import field from "@meetinity/ui/components/text-field.module.css";
import { useTranslation } from "react-i18next";
import { LENGTH_MAX, lengthOf, type TextName } from "./draft.ts";
import styles from "./profile.module.css";

interface CountedFieldProps {
  readonly name: TextName;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly autoComplete?: string;
  readonly isLong?: boolean;
}

export function CountedField(props: CountedFieldProps) {
  const { name, value, onChange, placeholder, autoComplete = "off", isLong = false } = props;
  const { t } = useTranslation("profile");
  const max = LENGTH_MAX[name];
  const count = lengthOf(value);
  return (
    <Field.Root name={name} className={field.field}>
      <Field.Label className={field.label}>{t(name)}</Field.Label>
      <Field.Control
        className={field.input}
        dir="auto"
        value={value}
        onValueChange={onChange}
        placeholder={placeholder}
        autoComplete={autoComplete}
        {...(isLong && { render: <textarea rows={6} className={styles.long} /> })}
      />
      <Field.Description className={count > max ? field.error : field.hint}>
        {t("count", { count, max })}
      </Field.Description>
      <Field.Error className={field.error} />
    </Field.Root>
  );
}
