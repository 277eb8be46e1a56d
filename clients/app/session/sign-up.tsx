// Creating an account.

import { PasswordField } from "@meetinity/ui/components/password-field.tsx";
import { useSubmission } from "@meetinity/ui/components/submission.ts";
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import { explainWeakPassword } from "@meetinity/ui/components/weak-password.ts";
import { Card } from "@meetinity/ui/session/card.tsx";
import { EmailField } from "@meetinity/ui/session/email-field.tsx";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { client } from "../shell/client.ts";
import { markSigningUp } from "../shell/first-steps.ts";

const FIELDS = ["displayName", "email", "password"];

export function SignUp() {
  const { t, i18n } = useTranslation("session");
  const { t: shell } = useTranslation("shell");
  const submission = useSubmission(FIELDS, async (input) => {
    const { displayName = "", email = "", password = "" } = input;
    markSigningUp(true);
    const { language } = i18n;
    const result = await client.session
      .signUp({ displayName, email, password, language })
      .catch((error: unknown) => {
        markSigningUp(false);
        throw error;
      });
    if (result.__typename !== "SignUpSuccess") markSigningUp(false);
    switch (result.__typename) {
      case "SignUpSuccess":
        return null;
      case "EmailTakenProblem":
        return { errors: { email: t(`problems.${result.__typename}`) } };
      case "ReservedNameProblem":
        return { errors: { displayName: t(`problems.${result.__typename}`) } };
      case "WeakPasswordProblem":
        return { errors: { password: explainWeakPassword(result, shell) } };
    }
  });
  const other = (
    <>
      {t("hasAccount")}
      <Link to="/sign-in" search={true}>
        {t("signIn")}
      </Link>
    </>
  );
  return (
    <Card title={t("signUp")} submit={t("createAccount")} submission={submission} other={other}>
      <TextField name="displayName" label={t("name")} hint={t("nameHint")} autoComplete="name" />
      <EmailField />
      <PasswordField
        name="password"
        label={t("password")}
        hint={t("passwordHint")}
        autoComplete="new-password"
      />
    </Card>
  );
}
