// The details of a group in a form. What somebody else changes meanwhile is shown where it differs
// from what the person wants, and is never overwritten unseen.
import { Button } from "@meetinity/ui/components/button.tsx";
import { SubmissionForm } from "@meetinity/ui/components/form.tsx";
import { say } from "@meetinity/ui/components/notices.ts";
import popup from "@meetinity/ui/components/popup.module.css";
import { useSubmission } from "@meetinity/ui/components/submission.ts";
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { explained } from "../problems/explained.ts";
import { update } from "./actions.ts";
import { conflictsOf, type Details, detailsOf, type Edits, wishOf } from "./draft.ts";
import type { GroupPageProps } from "./group-page.ts";
import styles from "./groups.module.css";
import { NewerValue, type Values } from "./newer-value.tsx";
import { PolicyField } from "./policy-field.tsx";
import { DESCRIPTION_MAX, TITLE_MAX } from "./text-limits.ts";

export function SettingsForm({ state, ...group }: GroupPageProps) {
  const { settings } = state;
  return settings && <Fields {...group} state={state} current={detailsOf(state, settings)} />;
}

const POLICIES = ["EVERYONE", "ADMINS"] as const;

interface FieldsProps extends GroupPageProps {
  readonly current: Details;
}

function Fields({ conversationId, state, close, current }: FieldsProps) {
  const { t } = useTranslation("groups");
  const [base] = useState(current);
  const [edits, setEdits] = useState<Edits>({});
  const shown = { ...current, ...edits };
  const conflicts = conflictsOf(base, current, edits);
  const change = (edit: Edits) => setEdits((before) => ({ ...before, ...edit }));
  const submission = useSubmission(["title", "description"], save, ["description"]);

  async function save() {
    const wish = wishOf(current, edits);
    const result = await update(conversationId, { ...wish, expectedVersion: state.version });
    if (result.__typename !== "UpdateConversationSuccess") {
      return { refusal: await explained(result) };
    }
    say(t("settings.saved"));
    close();
    return null;
  }

  const newer = (name: keyof Details) =>
    conflicts.includes(name) && (
      <NewerValue
        name={name}
        value={current[name]}
        onTake={() => setEdits(({ [name]: _, ...others }) => others)}
      />
    );
  const policy = <Name extends keyof Values>(name: Name, options: readonly Details[Name][]) => (
    <PolicyField<Name>
      name={name}
      value={shown[name]}
      options={options}
      onChoose={(value) => change({ [name]: value })}
    >
      {newer(name)}
    </PolicyField>
  );
  return (
    <SubmissionForm submission={submission} className={styles.form}>
      <div className={styles.fields}>
        {conflicts.length > 0 && (
          <p role="status" className={styles.meanwhile}>
            {t("settings.changedMeanwhile")}
          </p>
        )}
        <TextFields {...{ shown, change, newer }} />
        {policy("posting", POLICIES)}
        {policy("adding", POLICIES)}
        {policy("pinning", POLICIES)}
        {policy("history", ["WHOLE", "FROM_JOINING"])}
        {policy("editHistory", ["MEMBERS", "ADMINS"])}
      </div>
      <div className={popup.actions}>
        <Button needsNetwork kind="primary" type="submit" aria-disabled={submission.state.isBusy}>
          {t("settings.save")}
        </Button>
      </div>
    </SubmissionForm>
  );
}

interface TextFieldsProps {
  readonly shown: Details;
  readonly change: (edit: Edits) => void;
  readonly newer: (name: keyof Details) => ReactNode;
}

function TextFields({ shown, change, newer }: TextFieldsProps) {
  const { t } = useTranslation("groups");
  return (
    <>
      <TextField
        name="title"
        label={t("settings.name")}
        maxLength={TITLE_MAX}
        dir="auto"
        value={shown.title}
        onChange={({ currentTarget }) => change({ title: currentTarget.value })}
      />
      {newer("title")}
      <TextField
        name="description"
        label={t("settings.description")}
        hint={t("settings.descriptionHint")}
        maxLength={DESCRIPTION_MAX}
        dir="auto"
        render={<textarea rows={3} className={styles.long} />}
        value={shown.description}
        onChange={({ currentTarget }) => change({ description: currentTarget.value })}
      />
      {newer("description")}
    </>
  );
}
