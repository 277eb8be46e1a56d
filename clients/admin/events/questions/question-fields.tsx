// The fields of one question, with its place among the others.
import { Field } from "@base-ui/react/field";
import { Button } from "@meetinity/ui/components/button.tsx";
import text from "@meetinity/ui/components/text-field.module.css";
import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { CheckBox } from "../../parts/fields.tsx";
import page from "../../parts/page.module.css";
import type { Mistake, QuestionDraft } from "./drafts.ts";
import styles from "./questions.module.css";

interface QuestionFieldsProps {
  readonly question: QuestionDraft;
  /** From 0. */
  readonly at: number;
  readonly count: number;
  readonly mistake: Mistake | null;
  readonly onChange: (question: QuestionDraft) => void;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}

export function QuestionFields(props: QuestionFieldsProps) {
  const { question, at, mistake, onChange } = props;
  const { t } = useTranslation("questions");
  const isChoice = question.kind === "CHOICE";
  return (
    <fieldset className={styles.question}>
      <legend>{t("question", { number: at + 1 })}</legend>
      <TextLine
        name="text"
        label={t("text")}
        error={mistake === "text" ? t("mistakes.text") : null}
        maxLength={300}
        value={question.text}
        onChange={(value) => onChange({ ...question, text: value })}
      />
      <div className={styles.kinds}>
        {(["TEXT", "CHOICE"] as const).map((kind) => (
          <label key={kind}>
            <input
              type="radio"
              name={`kind-${question.key}`}
              checked={question.kind === kind}
              onChange={() => onChange({ ...question, kind })}
            />{" "}
            {t(`kinds.${kind}`)}
          </label>
        ))}
      </div>
      {isChoice && (
        <TextLine
          name="options"
          label={t("options")}
          hint={t("optionsHint")}
          error={mistake && mistake !== "text" ? t(`mistakes.${mistake}`) : null}
          rows={4}
          value={question.options}
          onChange={(value) => onChange({ ...question, options: value })}
        />
      )}
      <div className={styles.foot}>
        <div className={styles.flags}>
          <CheckBox
            label={t("isRequired")}
            checked={question.isRequired}
            onChange={({ currentTarget: { checked } }) =>
              onChange({ ...question, isRequired: checked })
            }
          />
          {isChoice && (
            <CheckBox
              label={t("isMultiple")}
              checked={question.isMultiple}
              onChange={({ currentTarget: { checked } }) =>
                onChange({ ...question, isMultiple: checked })
              }
            />
          )}
        </div>
        <Places {...props} />
      </div>
    </fieldset>
  );
}

/** Up, down and away. */
function Places({ at, count, onMove, onRemove }: QuestionFieldsProps) {
  const { t } = useTranslation("questions");
  const number = at + 1;
  return (
    <div className={page.buttons}>
      <Button
        isSmall
        aria-label={t("up", { number })}
        aria-disabled={at === 0}
        onClick={() => onMove(at - 1)}
      >
        <ArrowUp aria-hidden="true" size={16} />
      </Button>
      <Button
        isSmall
        aria-label={t("down", { number })}
        aria-disabled={number === count}
        onClick={() => onMove(number)}
      >
        <ArrowDown aria-hidden="true" size={16} />
      </Button>
      <Button isSmall aria-label={t("remove", { number })} onClick={onRemove}>
        <Trash2 aria-hidden="true" size={16} />
      </Button>
    </div>
  );
}

interface TextLineProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly error: string | null;
  readonly maxLength?: number;
  /** More than one line. */
  readonly rows?: number;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function TextLine({ name, label, hint, error, rows, maxLength, value, onChange }: TextLineProps) {
  return (
    <Field.Root name={name} className={text.field} invalid={error !== null}>
      <Field.Label className={text.label}>{label}</Field.Label>
      <Field.Control
        className={text.input}
        maxLength={maxLength}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        {...(rows !== undefined && { render: <textarea rows={rows} /> })}
      />
      {hint !== undefined && <Field.Description className={text.hint}>{hint}</Field.Description>}
      <Field.Error className={text.error} match={error !== null}>
        {error}
      </Field.Error>
    </Field.Root>
  );
}
