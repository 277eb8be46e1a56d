// A labelled text field. Inside a Base UI form it shows the form's error of its name.
import { Field } from "@base-ui/react/field";
import type { ComponentProps, ReactNode } from "react";
import styles from "./text-field.module.css";

export interface TextFieldProps extends ComponentProps<typeof Field.Control> {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** At the end of the field. */
  readonly button?: ReactNode;
}

export function TextField({ name, label, hint, button, ...control }: TextFieldProps) {
  return (
    <Field.Root name={name} className={styles.field}>
      <Field.Label className={styles.label}>{label}</Field.Label>
      <div className={styles.control}>
        <Field.Control {...control} className={styles.input} />
        {button}
      </div>
      {hint !== undefined && <Field.Description className={styles.hint}>{hint}</Field.Description>}
      <Field.Error className={styles.error} />
    </Field.Root>
  );
}
