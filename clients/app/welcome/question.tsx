// One question: the fields of the profile that it is about. The answer is saved before the next
// step comes; until then this browser keeps it.
import { Button } from "@meetinity/ui/components/button.tsx";
import { SubmissionForm } from "@meetinity/ui/components/form.tsx";
import { useTranslation } from "react-i18next";
import { CountedField } from "../people/profile/counted-field.tsx";
import { type Draft, draftOf } from "../people/profile/draft.ts";
import { IntentsField } from "../people/profile/intents-field.tsx";
import { type Editing, useSaving } from "../people/profile/saving.ts";
import { LanguagesField, TopicsField } from "../people/profile/word-fields.tsx";
import styles from "./frame.module.css";
import { Frame, Ways } from "./frame.tsx";
import type { Going } from "./going.ts";
import type { Question as Name } from "./steps.ts";
import { SuggestedWords } from "./suggested-words.tsx";

interface QuestionProps extends Editing {
  readonly step: Name;
  readonly going: Going;
}

export function Question({ step, going, ...editing }: QuestionProps) {
  const { t } = useTranslation("welcome");
  const { profile, draft, setDraft, onSaved } = editing;
  const { state, changes, send, clear } = useSaving({
    profile,
    draft,
    onSaved(saved) {
      onSaved(saved);
      going.next();
    },
  });
  const { errors, refusal, isBusy } = state;
  const submission = {
    state: { errors, refusal: null, isBusy },
    submit: async () => (changes === null ? going.next() : send()),
    clear,
  };
  function skip(): void {
    setDraft(draftOf(profile));
    going.next();
  }
  return (
    <Frame step={step}>
      <SubmissionForm className={styles.form} submission={submission}>
        <Fields step={step} draft={draft} setDraft={setDraft} />
        <div role="alert">
          {refusal !== null && (
            <p className={styles.refusal}>
              {refusal} {t("kept")}
            </p>
          )}
        </div>
        <Ways>
          {going.back ? (
            <Button kind="plain" onClick={going.back}>
              {t("back")}
            </Button>
          ) : (
            <span />
          )}
          <Button onClick={skip}>{t("skip")}</Button>
          <Button kind="primary" type="submit" aria-disabled={isBusy}>
            {t("goOn")}
          </Button>
        </Ways>
      </SubmissionForm>
    </Frame>
  );
}

type FieldsProps = Pick<QuestionProps, "step" | "draft" | "setDraft">;

function Fields({ step, draft, setDraft }: FieldsProps) {
  const { t } = useTranslation("profile");
  const change =
    <Name extends keyof Draft>(name: Name) =>
    (value: Draft[Name]) =>
      setDraft((before) => ({ ...before, [name]: value }));
  const of = <Name extends keyof Draft>(name: Name) => ({
    value: draft[name],
    onChange: change(name),
  });
  switch (step) {
    case "intents":
      return <IntentsField values={draft.intents} onChange={change("intents")} />;
    case "topics":
      return (["skills", "interests"] as const).map((name) => (
        <div key={name} className={styles.words}>
          <TopicsField name={name} values={draft[name]} onChange={change(name)} />
          <SuggestedWords name={name} values={draft[name]} onChange={change(name)} />
        </div>
      ));
    case "card":
      return (
        <>
          <CountedField name="headline" {...of("headline")} placeholder={t("headlineHint")} />
          <CountedField name="location" {...of("location")} placeholder={t("locationHint")} />
          <LanguagesField values={draft.languages} onChange={change("languages")} />
        </>
      );
  }
}
