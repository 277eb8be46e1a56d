// Asking for another address. Where the session has authenticated too long ago, it asks for the
// password first, in the same form.
import { Form } from "@base-ui/react/form";
import { ChangeEmail, Reauthenticate } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { PasswordField } from "@meetinity/ui/components/password-field.tsx";
import { type Refusal, useSubmission } from "@meetinity/ui/components/submission.ts";
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import { formatWait } from "@meetinity/ui/i18n/durations.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import styles from "./address.module.css";

interface ChangeFormProps {
  onDone(): void;
  onCancel(): void;
}

/** The proof that the session must give first. */
type Needed = "nothing" | "password" | "secondFactor";

export function ChangeForm({ onDone, onCancel }: ChangeFormProps) {
  const { t } = useTranslation("address");
  const { t: shell } = useTranslation("shell");
  const [needed, setNeeded] = useState<Needed>("nothing");
  const change = useChange(onDone, setNeeded);
  const fields = {
    nothing: ["newEmail"],
    password: ["newEmail", "password"],
    secondFactor: ["newEmail", "password", "code"],
  }[needed];
  const submission = useSubmission(fields, change);
  const { errors, refusal, isBusy } = submission.state;
  return (
    <Form
      errors={errors}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submission.submit(new FormData(event.currentTarget));
      }}
    >
      {refusal !== null && <p role="alert">{refusal}</p>}
      <TextField
        name="newEmail"
        label={t("newEmail")}
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
      />
      {needed !== "nothing" && (
        <PasswordField name="password" label={t("password")} autoComplete="current-password" />
      )}
      {needed === "secondFactor" && (
        <TextField name="code" label={t("secondFactor")} autoComplete="one-time-code" />
      )}
      <div className={styles.actions}>
        <Button kind="primary" type="submit" aria-disabled={isBusy}>
          {t("send")}
        </Button>
        <Button onClick={onCancel}>{shell("cancel")}</Button>
      </div>
    </Form>
  );
}

type Change = (input: Readonly<Record<string, string>>) => Promise<Refusal>;

function useChange(onDone: () => void, setNeeded: (needed: Needed) => void): Change {
  const { t, i18n } = useTranslation("address");
  return async ({ newEmail = "", password, code }) => {
    if (password !== undefined) {
      const proof = { password, ...(code !== undefined && { code }) };
      const { reauthenticate } = await client.run(Reauthenticate, { input: proof });
      if (reauthenticate.__typename === "WrongPasswordProblem") {
        return { errors: { password: t(`problems.${reauthenticate.__typename}`) } };
      }
      if (reauthenticate.__typename !== "ReauthenticateSuccess") {
        return { refusal: t("problems.other") };
      }
    }
    const { changeEmail: result } = await client.run(ChangeEmail, { input: { newEmail } });
    switch (result.__typename) {
      case "ChangeEmailSuccess":
        onDone();
        return null;
      case "ReauthenticationRequiredProblem":
        setNeeded(result.hasSecondFactor ? "secondFactor" : "password");
        return { refusal: t("reauthenticate") };
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
