// Whether the account is suspended, and why; and the way to suspend or reinstate it.
import { Button } from "@meetinity/ui/components/button.tsx";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { SubmissionForm } from "@meetinity/ui/components/form.tsx";
import { say } from "@meetinity/ui/components/notices.ts";
import { useSubmission } from "@meetinity/ui/components/submission.ts";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { TextArea } from "../../parts/fields.tsx";
import { Moment } from "../../parts/moment.tsx";
import page from "../../parts/page.module.css";
import styles from "./person.module.css";
import { type Person, useReinstate, useSuspend } from "./person.ts";
import { useAct } from "./use-act.ts";

export function SuspensionCard({ person }: { readonly person: Person }) {
  const { t } = useTranslation("people");
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const { suspension } = person;
  return (
    <section className={page.card} aria-labelledby={id}>
      <h2 id={id}>{t("suspension")}</h2>
      {suspension && <Suspended person={person} suspension={suspension} />}
      {!suspension && !isOpen && (
        <>
          <p className={styles.hint}>{t("suspendHint")}</p>
          <div className={page.buttons}>
            <Button onClick={() => setOpen(true)}>{t("suspend")}</Button>
          </div>
        </>
      )}
      {!suspension && isOpen && <SuspendForm person={person} onClose={() => setOpen(false)} />}
    </section>
  );
}

interface SuspendedProps {
  readonly person: Person;
  readonly suspension: NonNullable<Person["suspension"]>;
}

function Suspended({ person, suspension }: SuspendedProps) {
  const { t } = useTranslation("people");
  const { id, displayName: name } = person;
  const reinstate = useReinstate(id);
  const { isBusy, act } = useAct();
  const [isAsking, setAsking] = useState(false);
  const by = suspension.suspendedBy?.displayName ?? t("deletedAccount");
  return (
    <>
      <blockquote dir="auto" className={styles.reason}>
        {suspension.reason}
      </blockquote>
      <p className={page.soft}>
        {t("suspendedBy", { by })} · <Moment at={suspension.suspendedAt} />
      </p>
      <div className={page.buttons}>
        <Button aria-disabled={isBusy} onClick={() => isBusy || setAsking(true)}>
          {t("reinstate")}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        kind="primary"
        title={t("reinstateTitle", { name })}
        text={t("reinstateText")}
        confirm={t("reinstate")}
        onConfirm={() => {
          setAsking(false);
          void act(reinstate, t("reinstated", { name }));
        }}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}

interface SuspendFormProps {
  readonly person: Person;
  readonly onClose: () => void;
}

function SuspendForm({ person, onClose }: SuspendFormProps) {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation("shell");
  const suspend = useSuspend(person.id);
  const submission = useSubmission(["reason"], async ({ reason = "" }) => {
    const problem = await suspend(reason);
    if (problem) return { refusal: t(`problems.${problem}`) };
    say(t("suspended.done", { name: person.displayName }));
    onClose();
    return null;
  });
  return (
    <SubmissionForm submission={submission}>
      <TextArea
        name="reason"
        label={t("reason")}
        hint={t("reasonHint")}
        maxLength={1_000}
        autoFocus
      />
      <div className={page.buttons}>
        <Button kind="danger" type="submit" aria-disabled={submission.state.isBusy}>
          {t("suspend")}
        </Button>
        <Button onClick={onClose}>{common("cancel")}</Button>
      </div>
    </SubmissionForm>
  );
}
