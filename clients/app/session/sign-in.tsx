// Signing in.
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { formatWait } from "../i18n/durations.ts";
import { client } from "../shell/client.ts";
import { useObservable } from "../shell/observe.ts";
import { PasswordField } from "../ui/password-field.tsx";
import { useSubmission } from "../ui/submission.ts";
import styles from "./card.module.css";
import { Card } from "./card.tsx";
import { holdChallenge } from "./challenge.ts";
import { EmailField } from "./email-field.tsx";

export function SignIn() {
  const { t, i18n } = useTranslation("session");
  const { hasEnded = false } = useObservable(client.session);
  const navigate = useNavigate();
  const submission = useSubmission(["email", "password"], async ({ email = "", password = "" }) => {
    const result = await client.session.signIn({ email, password });
    switch (result.__typename) {
      case "SignInSuccess":
        return null;
      case "SecondFactorRequired":
        holdChallenge(result.challenge);
        await navigate({ to: "/second-factor", search: true });
        return null;
      case "InvalidCredentialsProblem":
        return { refusal: t(`problems.${result.__typename}`) };
      case "TooManyAttemptsProblem": {
        const wait = formatWait(result.retryAfterMs, i18n.language);
        return { refusal: t(`problems.${result.__typename}`, { wait }) };
      }
      case "AccountSuspendedProblem": {
        const { __typename, explanation } = result;
        return { refusal: t(`problems.${__typename}`, { explanation }) };
      }
    }
  });
  const other = (
    <>
      <Link to="/sign-in-by-mail" search={true}>
        {t("byMail")}
      </Link>
      <span aria-hidden="true">·</span>
      {t("noAccount")}
      <Link to="/sign-up" search={true}>
        {t("signUp")}
      </Link>
    </>
  );
  return (
    <Card
      title={t("signIn")}
      lead={hasEnded ? <Ended /> : undefined}
      submit={t("signIn")}
      submission={submission}
      other={other}
    >
      <EmailField />
      <PasswordField name="password" label={t("password")} autoComplete="current-password" />
      <p>
        <Link to="/forgot-password">{t("forgot")}</Link>
      </p>
    </Card>
  );
}

/** The reader did not ask for this page. */
function Ended() {
  const { t } = useTranslation("session");
  return (
    <span role="status" className={styles.notice}>
      {t("ended")}
    </span>
  );
}
