// Changing the password.
import { ChangePassword } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { SubmissionForm } from "@meetinity/ui/components/form.tsx";
import { NewPasswordField } from "@meetinity/ui/components/new-password-field.tsx";
import { PasswordField } from "@meetinity/ui/components/password-field.tsx";
import { useSubmission } from "@meetinity/ui/components/submission.ts";
import { explainWeakPassword } from "@meetinity/ui/components/weak-password.ts";
import { formatWait } from "@meetinity/ui/i18n/durations.ts";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { Section } from "../section.tsx";

export function PasswordSection() {
  const { t } = useTranslation("passwords");
  /** How many other sessions the last change has ended, and how many changes there were. */
  const [done, setDone] = useState<{ readonly ended: number; readonly times: number } | null>(null);
  return (
    <Section title={t("title")} hint={t("sectionHint")}>
      {done && <p role="status">{t("done", { count: done.ended })}</p>}
      <PasswordForm
        key={done?.times ?? 0}
        onDone={(ended) => setDone({ ended, times: (done?.times ?? 0) + 1 })}
      />
      <Link to="/forgot-password">{t("forgot")}</Link>
    </Section>
  );
}

/** Empty again after each change. */
function PasswordForm({ onDone }: { onDone(sessionsEnded: number): void }) {
  const { t, i18n } = useTranslation("passwords");
  const { t: shell } = useTranslation("shell");
  const submission = useSubmission(["currentPassword", "newPassword"], async (input) => {
    const { currentPassword = "", newPassword = "" } = input;
    const variables = { input: { currentPassword, newPassword } };
    const { changePassword: result } = await client.run(ChangePassword, variables);
    switch (result.__typename) {
      case "ChangePasswordSuccess":
        onDone(result.sessionsEnded);
        return null;
      case "WrongPasswordProblem":
        return { errors: { currentPassword: t("wrong") } };
      case "WeakPasswordProblem":
        return { errors: { newPassword: explainWeakPassword(result, shell) } };
      case "TooManyAttemptsProblem": {
        const wait = formatWait(result.retryAfterMs, i18n.language);
        return { errors: { currentPassword: t("tooMany", { wait }) } };
      }
      case "ReauthenticationRequiredProblem":
        // The dialog has asked, and the person would rather not.
        return { refusal: t("notConfirmed") };
    }
  });
  const { isBusy } = submission.state;
  return (
    <SubmissionForm submission={submission}>
      <PasswordField name="currentPassword" label={t("current")} autoComplete="current-password" />
      <NewPasswordField name="newPassword" label={t("new")} />
      <Button needsNetwork kind="primary" type="submit" aria-disabled={isBusy}>
        {t("change")}
      </Button>
    </SubmissionForm>
  );
}
