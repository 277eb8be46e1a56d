// Asking for another address.
import { ChangeEmail } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { SubmissionForm } from "@meetinity/ui/components/form.tsx";
import { type Refusal, useSubmission } from "@meetinity/ui/components/submission.ts";
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import { formatWait } from "@meetinity/ui/i18n/durations.ts";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import styles from "./address.module.css";

interface ChangeFormProps {
  onDone(): void;
  onCancel(): void;
}

export function ChangeForm({ onDone, onCancel }: ChangeFormProps) {
  const { t } = useTranslation("address");
  const { t: shell } = useTranslation("shell");
  const submission = useSubmission(["newEmail"], useChange(onDone));
  const { isBusy } = submission.state;
  return (
    <SubmissionForm submission={submission}>
      <TextField
        name="newEmail"
        label={t("newEmail")}
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
      />
      <div className={styles.actions}>
        <Button needsNetwork kind="primary" type="submit" aria-disabled={isBusy}>
          {t("send")}
        </Button>
        <Button onClick={onCancel}>{shell("cancel")}</Button>
      </div>
    </SubmissionForm>
  );
}

type Change = (input: Readonly<Record<string, string>>) => Promise<Refusal>;

function useChange(onDone: () => void): Change {
  const { t, i18n } = useTranslation("address");
  return async ({ newEmail = "" }) => {
    const { changeEmail: result } = await client.run(ChangeEmail, { input: { newEmail } });
    switch (result.__typename) {
      case "ChangeEmailSuccess":
        onDone();
        return null;
      case "ReauthenticationRequiredProblem":
        // The dialog has asked, and the person would rather not.
        return { refusal: t("notConfirmed") };
      case "EmailUnchangedProblem":
      case "EmailTakenProblem":
        return { errors: { newEmail: t(`problems.${result.__typename}`) } };
      case "VerificationLimitedProblem": {
        const wait = formatWait(result.retryAfterMs, i18n.language);
        return { errors: { newEmail: t(`problems.${result.__typename}`, { wait }) } };
      }
    }
  };
}
