// The dialog "Confirm that it is you", in front of whatever needs it.
import { Dialog } from "@base-ui/react/dialog";
import { Reauthenticate } from "@meetinity/client/operations";
import { useTranslation } from "react-i18next";
import { Button, buttonClass } from "../../components/button.tsx";
import { SubmissionForm } from "../../components/form.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import popup from "../../components/popup.module.css";
import { useSubmission } from "../../components/submission.ts";
import { TextField } from "../../components/text-field.tsx";
import { formatWait } from "../../i18n/durations.ts";
import { useClient } from "../../shell/client-context.ts";
import { useObservable } from "../../shell/observe.ts";
import { openQuestion, type Question } from "./asking.ts";
import styles from "./dialog.module.css";

export function StepUpDialog() {
  const question = useObservable(openQuestion);
  const { t } = useTranslation("stepUp");
  return (
    <Dialog.Root open={question !== null} onOpenChange={(open) => open || question?.answer(false)}>
      <Dialog.Portal>
        <Dialog.Backdrop className={popup.backdrop} />
        <Dialog.Popup className={popup.dialog}>
          <Dialog.Title>{t("title")}</Dialog.Title>
          {question && <Proof question={question} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Proof({ question }: { readonly question: Question }) {
  const { t } = useTranslation("stepUp");
  const { t: common } = useTranslation("shell");
  const submission = useProof(question);
  return (
    <SubmissionForm submission={submission} className={styles.form}>
      <Dialog.Description>{t("why")}</Dialog.Description>
      <PasswordField name="password" label={t("password")} autoComplete="current-password" />
      {question.hasSecondFactor && (
        <TextField
          name="code"
          label={t("code")}
          hint={t("codeHint")}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
      <div className={popup.actions}>
        <Dialog.Close className={buttonClass({})}>{common("cancel")}</Dialog.Close>
        <Button needsNetwork kind="primary" type="submit" aria-disabled={submission.state.isBusy}>
          {t("confirm")}
        </Button>
      </div>
    </SubmissionForm>
  );
}

function useProof({ hasSecondFactor, answer }: Question) {
  const { t, i18n } = useTranslation("stepUp");
  const client = useClient();
  const fields = hasSecondFactor ? ["password", "code"] : ["password"];
  return useSubmission(fields, async ({ password = "", code }) => {
    const input = { password, ...(code !== undefined && { code }) };
    const { reauthenticate: result } = await client.run(Reauthenticate, { input });
    switch (result.__typename) {
      case "ReauthenticateSuccess":
        answer(true);
        return null;
      case "WrongPasswordProblem":
        return { errors: { password: t("refused") } };
      case "InvalidCodeProblem":
        return { errors: { code: t("wrongCode") } };
      case "TooManyAttemptsProblem":
        return { refusal: t("tooMany", { wait: formatWait(result.retryAfterMs, i18n.language) }) };
    }
  });
}
