// A labelled text field. Inside a Base UI form it shows the form's error of its name.
import { Field } from "@base-ui/react/field";
import type { ComponentProps } from "react";
import styles from "./text-field.module.css";

interface TextFieldProps extends ComponentProps<typeof Field.Control> {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
}

export function TextField({ name, label, hint, ...control }: TextFieldProps) {
  return (
    <Field.Root name={name} className={styles.field}>
      <Field.Label className={styles.label}>{label}</Field.Label>
      <Field.Control {...control} className={styles.input} />
      {hint !== undefined && <Field.Description className={styles.hint}>{hint}</Field.Description>}
      <Field.Error className={styles.error} />
    </Field.Root>
  );
}
