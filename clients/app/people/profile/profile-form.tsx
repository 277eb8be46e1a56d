// The form of one's own profile. It is saved as a whole, and asks before changes are lost.
import { Button } from "@meetinity/ui/components/button.tsx";
import { SubmissionForm } from "@meetinity/ui/components/form.tsx";
import { say } from "@meetinity/ui/components/notices.ts";
import { useTranslation } from "react-i18next";
import { AskBeforeLeaving } from "./ask-before-leaving.tsx";
import { CountedField } from "./counted-field.tsx";
import { type Draft, draftOf } from "./draft.ts";
import { IntentsField } from "./intents-field.tsx";
import styles from "./profile.module.css";
import { type Editing, useSaving } from "./saving.ts";
import { LanguagesField, TopicsField } from "./word-fields.tsx";

export function ProfileForm(props: Editing) {
  const { profile, draft, setDraft, onSaved } = props;
  const { t } = useTranslation("profile");
  const { state, changes, send, clear } = useSaving({
    profile,
    draft,
    onSaved(saved) {
      onSaved(saved);
      say(t("saved"));
    },
  });
  const { errors, refusal, isBusy } = state;
  // The refusal stands beside the button, which is in sight.
  const submission = { state: { errors, refusal: null, isBusy }, submit: send, clear };
  return (
    <SubmissionForm className={styles.form} submission={submission}>
      <Fields draft={draft} setDraft={setDraft} />
      {(changes !== null || refusal !== null) && (
        <div className={styles.saving}>
          <p role={refusal === null ? undefined : "alert"} className={styles.savingText}>
            {refusal ?? t("unsaved")}
          </p>
          <Button
            isSmall
            onClick={() => {
              setDraft(draftOf(profile));
              clear();
            }}
          >
            {t("discard")}
          </Button>
          <Button needsNetwork kind="primary" isSmall type="submit" aria-disabled={isBusy}>
            {t("save")}
          </Button>
        </div>
      )}
      <AskBeforeLeaving isChanged={changes !== null} />
    </SubmissionForm>
  );
}

type FieldsProps = Pick<Editing, "draft" | "setDraft">;

function Fields({ draft, setDraft }: FieldsProps) {
  const { t } = useTranslation("profile");
  /** The value of a field, and how it changes. */
  function of<Name extends keyof Draft>(name: Name) {
    return {
      value: draft[name],
      onChange: (value: Draft[Name]) => setDraft((before) => ({ ...before, [name]: value })),
    };
  }
  function listOf<Name extends "intents" | "skills" | "interests" | "languages">(name: Name) {
    const { value: values, onChange } = of(name);
    return { values, onChange };
  }
  return (
    <>
      <CountedField name="displayName" {...of("displayName")} autoComplete="name" />
      <CountedField name="headline" {...of("headline")} placeholder={t("headlineHint")} />
      <CountedField name="location" {...of("location")} placeholder={t("locationHint")} />
      <CountedField name="bio" {...of("bio")} placeholder={t("bioHint")} isLong />
      <IntentsField {...listOf("intents")} />
      <TopicsField name="skills" {...listOf("skills")} />
      <TopicsField name="interests" {...listOf("interests")} />
      <LanguagesField {...listOf("languages")} />
    </>
  );
}
