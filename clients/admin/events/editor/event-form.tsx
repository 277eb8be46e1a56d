// The form of an event. Its sections can be read and filled in one after the other.
import { Button } from "@meetinity/ui/components/button.tsx";
import { SubmissionForm } from "@meetinity/ui/components/form.tsx";
import type { Submission } from "@meetinity/ui/components/submission.ts";
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import { useTranslation } from "react-i18next";
import { TextArea } from "../../parts/fields.tsx";
import page from "../../parts/page.module.css";
import type { Draft } from "./draft.ts";
import styles from "./editor.module.css";
import { SeatFields } from "./seat-fields.tsx";
import { type FieldOf, Section } from "./section.tsx";
import { TimeFields } from "./time-fields.tsx";

interface EventFormProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly submission: Submission;
  /** The name of the button. */
  readonly submit: string;
}

export function EventForm({ draft, onChange, submission, submit }: EventFormProps) {
  const { t } = useTranslation("editor");
  const { isBusy } = submission.state;
  const fieldOf: FieldOf = (name) => ({
    name,
    value: draft[name],
    onChange: ({ currentTarget }) => onChange({ ...draft, [name]: currentTarget.value }),
  });
  return (
    <SubmissionForm className={styles.form} submission={submission}>
      <Section title={t("sections.what")}>
        <TextField label={t("title")} maxLength={140} {...fieldOf("title")} />
        <TextArea
          label={t("description")}
          hint={t("descriptionHint")}
          maxLength={10_000}
          {...fieldOf("description")}
        />
        <TextField label={t("tags")} hint={t("tagsHint")} {...fieldOf("tags")} />
      </Section>
      <TimeFields fieldOf={fieldOf} />
      <SeatFields draft={draft} fieldOf={fieldOf} onChange={onChange} />
      <div className={page.buttons}>
        <Button kind="primary" type="submit" aria-disabled={isBusy}>
          {submit}
        </Button>
      </div>
    </SubmissionForm>
  );
}
