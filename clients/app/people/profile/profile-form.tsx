// The form of one's own profile. It is saved as a whole, and asks before changes are lost.
import { Button } from "@meetinity/ui/components/button.tsx";
import { SubmissionForm } from "@meetinity/ui/components/form.tsx";
import { say } from "@meetinity/ui/components/notices.ts";
import { type Dispatch, type SetStateAction, useState } from "react";
import { useTranslation } from "react-i18next";
import { suggestionsOf } from "../suggestions/suggestions.ts";
import { AskBeforeLeaving } from "./ask-before-leaving.tsx";
import { CountedField } from "./counted-field.tsx";
import { changesOf, type Draft, draftOf, mistakesIn } from "./draft.ts";
import { IntentsField } from "./intents-field.tsx";
import styles from "./profile.module.css";
import { type Profile, type SavingState, UNSAVED, useSave } from "./profile.ts";
import { LanguagesField, TopicsField } from "./word-fields.tsx";

interface ProfileFormProps {
  readonly profile: Profile;
  readonly draft: Draft;
  readonly setDraft: Dispatch<SetStateAction<Draft>>;
  readonly onSaved: (profile: Profile) => void;
}

export function ProfileForm(props: ProfileFormProps) {
  const { profile, draft, setDraft } = props;
  const { t } = useTranslation("profile");
  const { state, changes, send, clear } = useSaving(props);
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

/** Errors stay the same object until the next answer: the form moves the focus for others. */
function useSaving({ profile, draft, onSaved }: ProfileFormProps) {
  const { t } = useTranslation("profile");
  const { t: common } = useTranslation("shell");
  const [state, setState] = useState<SavingState>(UNSAVED);
  const save = useSave(profile);
  const changes = changesOf(draft, draftOf(profile));
  async function send(): Promise<void> {
    if (state.isBusy || changes === null) return;
    const mistakes = Object.entries(mistakesIn(draft));
    if (mistakes.length > 0) {
      const texts = mistakes.map(
        ([name, { rule, limit: count }]) =>
          [name, common(`violations.${rule}`, { count })] as const,
      );
      return setState({ ...UNSAVED, errors: Object.fromEntries(texts) });
    }
    setState({ ...state, refusal: null, isBusy: true });
    const result = await save(changes);
    if (!("profile" in result)) return setState({ ...UNSAVED, ...result });
    setState(UNSAVED);
    onSaved(result.profile);
    suggestionsOf(profile.id).pages.expire();
    say(t("saved"));
  }
  const clear = () => setState(({ isBusy }) => ({ ...UNSAVED, isBusy }));
  return { state, changes, send, clear };
}

type FieldsProps = Pick<ProfileFormProps, "draft" | "setDraft">;

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
