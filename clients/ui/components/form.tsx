// The form of a submission: its refusal above the fields, and errors at their fields. Apps use it
// in place of Base UI's form.
import { Form } from "@base-ui/react/form";
import type { FormEvent, ReactNode } from "react";
import { flushSync } from "react-dom";
import { classes } from "./classes.ts";
import styles from "./form.module.css";
import type { Submission } from "./submission.ts";

interface SubmissionFormProps {
  readonly submission: Submission;
  readonly className?: string | undefined;
  /** In place of sending the form at once, for example to ask before. */
  readonly onSubmit?: (data: FormData) => void;
  /** The fields, and the button that submits. */
  readonly children: ReactNode;
}

export function SubmissionForm(props: SubmissionFormProps) {
  const { submission, className, onSubmit = submission.submit, children } = props;
  const { errors, refusal } = submission.state;
  return (
    <Form
      className={classes(styles.form, className)}
      errors={errors}
      noValidate
      // Base UI does not submit while a field has an error, and only a change of that very field
      // takes it away. Another field may have mended it, so every attempt begins without errors.
      onSubmitCapture={() => flushSync(submission.clear)}
      onSubmit={(event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        void onSubmit(new FormData(event.currentTarget));
      }}
    >
      {refusal !== null && (
        <p role="alert" className={styles.refusal}>
          {refusal}
        </p>
      )}
      {children}
    </Form>
  );
}
