// Leaving Meetinity: what happens, and the password to begin it.
import { DeleteAccount } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { SubmissionForm } from "@meetinity/ui/components/form.tsx";
import { PasswordField } from "@meetinity/ui/components/password-field.tsx";
import { type Submission, useSubmission } from "@meetinity/ui/components/submission.ts";
import { formatWait } from "@meetinity/ui/i18n/durations.ts";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { Section } from "../section.tsx";
import styles from "./leaving.module.css";

/** The effects, in the order in which the person notices them. */
const EFFECTS = ["signedOut", "comeBack", "profile", "messages", "events", "matches"] as const;

export function LeavingSection() {
  const { t } = useTranslation("leaving");
  const submission = useLeaving();
  /** The form that waits for the answer to "are you sure". */
  const [asked, setAsked] = useState<FormData | null>(null);
  const { isBusy } = submission.state;
  return (
    <Section title={t("title")} hint={t("hint")}>
      <ul className={styles.effects}>
        {EFFECTS.map((effect) => (
          <li key={effect}>{t(`effects.${effect}`)}</li>
        ))}
      </ul>
      <SubmissionForm
        submission={submission}
        onSubmit={(form) => {
          // Without a password there is nothing to confirm: the field says so.
          if (form.get("password")) setAsked(form);
          else void submission.submit(form);
        }}
      >
        <PasswordField name="password" label={t("password")} autoComplete="current-password" />
        <Button needsNetwork kind="danger" type="submit" aria-disabled={isBusy}>
          {t("leave")}
        </Button>
      </SubmissionForm>
      <ConfirmDialog
        isOpen={asked !== null}
        title={t("confirmTitle")}
        text={t("confirmText")}
        confirm={t("confirm")}
        onConfirm={() => {
          setAsked(null);
          if (asked) void submission.submit(asked);
        }}
        onCancel={() => setAsked(null)}
      />
    </Section>
  );
}

/** Ends the account, and goes to the page that says until when one can come back. */
function useLeaving(): Submission {
  const { t, i18n } = useTranslation("leaving");
  const navigate = useNavigate();
  return useSubmission(["password"], async ({ password = "" }) => {
    const { deleteAccount: result } = await client.run(DeleteAccount, { input: { password } });
    switch (result.__typename) {
      case "DeleteAccountSuccess":
        await navigate({ to: "/left", search: { until: result.leavesAt }, replace: true });
        // A cookie that cannot be deleted now is refused the next time.
        await client.session.signOut({ isOver: true }).catch(() => {});
        return null;
      case "WrongPasswordProblem":
        return { errors: { password: t("wrong") } };
      case "TooManyAttemptsProblem": {
        const wait = formatWait(result.retryAfterMs, i18n.language);
        return { errors: { password: t("tooMany", { wait }) } };
      }
      case "LastAdminProblem":
        return { refusal: t("lastAdmin") };
      case "ReauthenticationRequiredProblem":
        // The dialog has asked, and the person would rather not.
        return { refusal: t("notConfirmed") };
    }
  });
}
