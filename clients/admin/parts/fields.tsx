// Fields that only the portal has. Inside a Base UI form they show the form's error of their name.
import { Field } from "@base-ui/react/field";
import text from "@meetinity/ui/components/text-field.module.css";
import { type ComponentProps, useId } from "react";
import styles from "./fields.module.css";

interface TextAreaProps extends ComponentProps<"textarea"> {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
}

export function TextArea({ name, label, hint, ...area }: TextAreaProps) {
  return (
    <Field.Root name={name} className={text.field}>
      <Field.Label className={text.label}>{label}</Field.Label>
      <Field.Control className={text.input} render={<textarea rows={6} {...area} />} />
      {hint !== undefined && <Field.Description className={text.hint}>{hint}</Field.Description>}
      <Field.Error className={text.error} />
    </Field.Root>
  );
}

interface CheckBoxProps extends ComponentProps<"input"> {
  readonly label: string;
  readonly hint?: string;
}

/** The hint describes it, and is not its name. Its value in the form is `on`, or nothing. */
export function CheckBox({ label, hint, ...input }: CheckBoxProps) {
  const id = useId();
  return (
    <div className={styles.check}>
      <label className={styles.checked}>
        <input
          type="checkbox"
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          {...input}
        />
        <span className={text.label}>{label}</span>
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps extends ComponentProps<"select"> {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly options: readonly { readonly value: string; readonly name: string }[];
}

/** One of a few, in the browser's own list. */
export function Choice({ name, label, hint, options, ...select }: ChoiceProps) {
  const items = options.map((each) => (
    <option key={each.value} value={each.value}>
      {each.name}
    </option>
  ));
  return (
    <Field.Root name={name} className={text.field}>
      <Field.Label className={text.label}>{label}</Field.Label>
      <Field.Control className={text.input} render={<select {...select}>{items}</select>} />
      {hint !== undefined && <Field.Description className={text.hint}>{hint}</Field.Description>}
      <Field.Error className={text.error} />
    </Field.Root>
  );
}
