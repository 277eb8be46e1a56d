// The questions of an event as fields of a form, each with what is wrong at it.
import { classes } from "@meetinity/ui/components/classes.ts";
import field from "@meetinity/ui/components/text-field.module.css";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import styles from "./answers.module.css";
import { fieldOf, givenTo, type Question, type Violations } from "./answers.ts";

interface QuestionFieldsProps {
  readonly questions: readonly Question[];
  /** Those that the person has given before. */
  readonly answers: Parameters<typeof givenTo>[1];
  readonly violations: Violations;
}

export function QuestionFields({ questions, answers, violations }: QuestionFieldsProps) {
  const { t } = useTranslation("answers");
  return questions.map((question) => {
    const rule = violations[question.id];
    const props = {
      question,
      given: givenTo(question, answers),
      error: rule ? t(`rules.${rule}`) : null,
    };
    if (question.kind === "TEXT") return <TextQuestion key={question.id} {...props} />;
    return <ChoiceQuestion key={question.id} {...props} />;
  });
}

/** Leads to the first field with a mistake, once it is shown. */
export function focusMistake(form: HTMLFormElement): void {
  requestAnimationFrame(() => {
    const wrong = form.querySelector<HTMLElement>('[aria-invalid="true"]');
    const input =
      wrong instanceof HTMLFieldSetElement
        ? wrong.querySelector<HTMLElement>("input:enabled")
        : wrong;
    input?.focus();
  });
}

interface QuestionProps {
  readonly question: Question;
  readonly given: ReturnType<typeof givenTo>;
  readonly error: string | null;
}

function TextQuestion({ question, given, error }: QuestionProps) {
  const id = useId();
  return (
    <div className={classes(field.field, styles.text)}>
      <label className={field.label} htmlFor={id}>
        <Asked question={question} />
      </label>
      <textarea
        id={id}
        name={fieldOf(question)}
        className={classes(field.input, styles.text)}
        rows={3}
        maxLength={1000}
        defaultValue={given.text}
        required={question.isRequired}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : `${id}-error`}
      />
      <Mistake id={`${id}-error`} error={error} />
    </div>
  );
}

function ChoiceQuestion({ question, given, error }: QuestionProps) {
  const id = useId();
  return (
    <fieldset
      className={styles.choices}
      aria-invalid={error !== null}
      aria-describedby={error === null ? undefined : `${id}-error`}
    >
      <legend className={field.label}>
        <Asked question={question} />
      </legend>
      {question.options.map((option) => (
        <label key={option} className={styles.choice}>
          <input
            type={question.isMultiple ? "checkbox" : "radio"}
            name={fieldOf(question)}
            value={option}
            defaultChecked={given.choices.includes(option)}
          />
          <span>{option}</span>
        </label>
      ))}
      <Mistake id={`${id}-error`} error={error} />
    </fieldset>
  );
}

function Asked({ question }: { readonly question: Question }) {
  const { t } = useTranslation("answers");
  return (
    <>
      {question.text}
      {!question.isRequired && <span className={styles.optional}> {t("optional")}</span>}
    </>
  );
}

function Mistake({ id, error }: { readonly id: string; readonly error: string | null }) {
  if (error === null) return null;
  return (
    <p id={id} className={field.error}>
      {error}
    </p>
  );
}
