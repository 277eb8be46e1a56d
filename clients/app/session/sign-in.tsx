// Signing in.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { client } from "../shell/client.ts";
import { PasswordField } from "../ui/password-field.tsx";
import { useSubmission } from "../ui/submission.ts";
import { Card } from "./card.tsx";
import { EmailField } from "./email-field.tsx";

export function SignIn() {
  const { t } = useTranslation("session");
  const submission = useSubmission(["email", "password"], async ({ email = "", password = "" }) => {
    const result = await client.session.signIn({ email, password });
    if (result.__typename === "SignInSuccess") return null;
    return { refusal: t(`problems.${result.__typename}`) };
  });
  const other = (
    <>
      {t("noAccount")}
      <Link to="/sign-up" search={true}>
        {t("signUp")}
      </Link>
    </>
  );
  return (
    <Card title={t("signIn")} submit={t("signIn")} submission={submission} other={other}>
      <EmailField />
      <PasswordField name="password" label={t("password")} autoComplete="current-password" />
    </Card>
  );
}
