// Signing in with an address and a password, in any app.
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PasswordField } from "../components/password-field.tsx";
import { type Submission, useSubmission } from "../components/submission.ts";
import { formatWait } from "../i18n/durations.ts";
import { useClient } from "../shell/client-context.ts";
import { useObservable } from "../shell/observe.ts";
import styles from "./card.module.css";
import { Card } from "./card.tsx";
import { holdChallenge } from "./challenge.ts";
import { EmailField } from "./email-field.tsx";

interface SignInCardProps {
  /** Below the fields. */
  readonly children?: ReactNode;
  /** Other ways in. */
  readonly other: ReactNode;
}

export function SignInCard({ children, other }: SignInCardProps) {
  const { t } = useTranslation("session");
  const { hasEnded = false } = useObservable(useClient().session);
  return (
    <Card
      title={t("signIn")}
      lead={hasEnded ? <Ended /> : undefined}
      submit={t("signIn")}
      submission={useSignIn()}
      other={other}
    >
      <EmailField />
      <PasswordField name="password" label={t("password")} autoComplete="current-password" />
      {children}
    </Card>
  );
}

/** The routes see that somebody is signed in, and lead on. */
function useSignIn(): Submission {
  const { t, i18n } = useTranslation("session");
  const client = useClient();
  const navigate = useNavigate();
  return useSubmission(["email", "password"], async ({ email = "", password = "" }) => {
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
