// The code of a mail that confirms an address, and how to get another mail.
import { VerifyEmailByCode } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { SubmissionForm } from "@meetinity/ui/components/form.tsx";
import { say } from "@meetinity/ui/components/notices.ts";
import { useSubmission } from "@meetinity/ui/components/submission.ts";
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import { formatWait } from "@meetinity/ui/i18n/durations.ts";
import { useTranslation } from "react-i18next";
import { client } from "../client.ts";
import styles from "./address.module.css";
import { learnConfirmation } from "./address.ts";

export function CodeForm({ onDone }: { onDone(): void }) {
  const { t, i18n } = useTranslation("address");
  const submission = useSubmission(["code"], async ({ code = "" }) => {
    const digits = code.replaceAll(/[\s-]/g, "");
    if (!/^\d{6}$/.test(digits)) return { errors: { code: t("problems.notACode") } };
    const variables = { input: { code: digits } };
    const { verifyEmailByCode: result } = await client.run(VerifyEmailByCode, variables);
    switch (result.__typename) {
      case "VerifyEmailByCodeSuccess":
        await learnConfirmation();
        say(t("done"));
        onDone();
        return null;
      case "WrongVerificationCodeProblem": {
        const { attemptsLeft: count } = result;
        const key = count > 0 ? "problems.wrongCode" : "problems.noTries";
        return { errors: { code: t(key, { count }) } };
      }
      case "TooManyAttemptsProblem": {
        const wait = formatWait(result.retryAfterMs, i18n.language);
        return { errors: { code: t("problems.VerificationLimitedProblem", { wait }) } };
      }
      case "InvalidVerificationProblem":
      case "EmailOwnedProblem":
        return { errors: { code: t(`problems.${result.__typename}`) } };
    }
  });
  const { isBusy } = submission.state;
  return (
    <SubmissionForm submission={submission} className={styles.form}>
      <TextField
        name="code"
        label={t("code")}
        hint={t("codeHint")}
        inputMode="numeric"
        autoComplete="one-time-code"
      />
      <Button needsNetwork kind="primary" type="submit" aria-disabled={isBusy}>
        {t("confirm")}
      </Button>
    </SubmissionForm>
  );
}
