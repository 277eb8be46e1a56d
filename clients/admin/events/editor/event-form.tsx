// The form of an event. Its sections can be read and filled in one after the other.
import { Button } from "@meetinity/ui/components/button.tsx";
import { SubmissionForm } from "@meetinity/ui/components/form.tsx";
import type { Submission } from "@meetinity/ui/components/submission.ts";
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { TextArea } from "../../parts/fields.tsx";
import page from "../../parts/page.module.css";
import type { Draft } from "./draft.ts";
import styles from "./editor.module.css";
import { RegistrationFields } from "./registration-fields.tsx";
import { SeatFields } from "./seat-fields.tsx";
import { type FieldOf, Section } from "./section.tsx";
import { TimeFields } from "./time-fields.tsx";

interface EventFormProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly submission: Submission;
  /** The name of the button. */
  readonly submit: string;
  readonly onSubmit?: (data: FormData) => void;
  /** Beside the button that saves. */
  readonly cancel?: ReactNode;
  /** The start of an event that runs stays; of one that is over only the description changes. */
  readonly stage?: "coming" | "running" | "over";
  /** Of an event that is there. */
  readonly seatsTaken?: number;
  /** Above the buttons. */
  readonly children?: ReactNode;
}

export function EventForm(props: EventFormProps) {
  const { draft, onChange, submission, submit, onSubmit, cancel, children } = props;
  const { stage = "coming", seatsTaken = 0 } = props;
  const { t } = useTranslation("editor");
  const fieldOf: FieldOf = (name) => ({
    name,
    value: draft[name],
    onChange: ({ currentTarget }) => onChange({ ...draft, [name]: currentTarget.value }),
  });
  return (
    <SubmissionForm
      className={styles.form}
      submission={submission}
      {...(onSubmit !== undefined && { onSubmit })}
    >
      <Section title={t("sections.what")}>
        {stage !== "over" && <TextField label={t("title")} maxLength={140} {...fieldOf("title")} />}
        <TextArea
          label={t("description")}
          hint={t("descriptionHint")}
          maxLength={10_000}
          {...fieldOf("description")}
        />
        {stage !== "over" && (
          <TextField label={t("tags")} hint={t("tagsHint")} {...fieldOf("tags")} />
        )}
      </Section>
      {stage !== "over" && (
        <>
          <TimeFields
            fieldOf={fieldOf}
            language={draft.language}
            hasStarted={stage === "running"}
          />
          <RegistrationFields fieldOf={fieldOf} />
          <SeatFields draft={draft} fieldOf={fieldOf} onChange={onChange} seatsTaken={seatsTaken} />
        </>
      )}
      {children}
      <div className={page.buttons}>
        <Button kind="primary" type="submit" aria-disabled={submission.state.isBusy}>
          {submit}
        </Button>
        {cancel}
      </div>
    </SubmissionForm>
  );
}
