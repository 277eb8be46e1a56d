// The questions of an event for those who register: in order, changed together.
import { Button } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say } from "@meetinity/ui/components/notices.ts";
import { Empty, Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { EyeOff, Plus } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import page from "../../parts/page.module.css";
import { useEvent } from "../event-page.tsx";
import { emptyDraft, mistakeIn, moved, QUESTIONS_MAX, type QuestionDraft } from "./drafts.ts";
import { QuestionFields } from "./question-fields.tsx";
import styles from "./questions.module.css";
import { useQuestions } from "./questions.ts";

export function QuestionsPage() {
  const { t } = useTranslation("questions");
  const { id, viewerRights } = useEvent();
  const { drafts, error, retry } = useQuestions(id);
  if (!viewerRights.includes("EDIT")) return <Empty icon={EyeOff} title={t("notYours")} />;
  if (!drafts) return error ? <Failed error={error} onRetry={retry} /> : <Loading />;
  const key = drafts.map((draft) => draft.key).join();
  return <Editor key={key} saved={drafts} />;
}

function Editor({ saved }: { readonly saved: readonly QuestionDraft[] }) {
  const { t } = useTranslation("questions");
  const [rows, setRows] = useState(saved);
  const [isChecked, setChecked] = useState(false);
  const { save, isBusy, refusal } = useSaving();
  const form = useRef<HTMLFormElement>(null);
  const change = (at: number, row: QuestionDraft) => setRows(rows.with(at, row));
  async function submit(): Promise<void> {
    setChecked(true);
    const wrong = rows.findIndex((row) => mistakeIn(row) !== null);
    if (wrong < 0) return save(rows);
    const field = mistakeIn(rows[wrong] as QuestionDraft) === "text" ? "text" : "options";
    form.current?.querySelector<HTMLElement>(`#question-${wrong} [name="${field}"]`)?.focus();
  }
  return (
    <form
      ref={form}
      className={page.column}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p className={page.soft}>{t("hint")}</p>
      {refusal !== null && (
        <p role="alert" className={page.refusal}>
          {refusal}
        </p>
      )}
      {rows.length === 0 && <p>{t("none")}</p>}
      <ol className={styles.questions}>
        {rows.map((row, at) => (
          <li key={row.key} id={`question-${at}`}>
            <QuestionFields
              question={row}
              at={at}
              count={rows.length}
              mistake={isChecked ? mistakeIn(row) : null}
              onChange={(changed) => change(at, changed)}
              onMove={(to) => setRows(moved(rows, at, to))}
              onRemove={() => setRows(rows.toSpliced(at, 1))}
            />
          </li>
        ))}
      </ol>
      <div className={page.buttons}>
        {rows.length < QUESTIONS_MAX && (
          <Button onClick={() => setRows([...rows, emptyDraft(crypto.randomUUID())])}>
            <Plus aria-hidden="true" size={18} />
            {t("add")}
          </Button>
        )}
        <Button kind="primary" type="submit" aria-disabled={isBusy}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

/** Sends the questions, and says what came of it. */
function useSaving() {
  const { t } = useTranslation("questions");
  const { t: common } = useTranslation("shell");
  const { set } = useQuestions(useEvent().id);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  async function save(rows: readonly QuestionDraft[]): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setRefusal(null);
    await set(rows).then(
      (isDone) => (isDone ? say(t("saved")) : setRefusal(t("tooMany"))),
      (error: unknown) => setRefusal(explain(error, common)),
    );
    setBusy(false);
  }
  return { save, isBusy, refusal };
}
