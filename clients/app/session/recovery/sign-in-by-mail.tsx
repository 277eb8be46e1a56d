// Signing in by mail: asking for a mail, and typing its code while it is waited for.

import { Button } from "@meetinity/ui/components/button.tsx";
import { useSubmission } from "@meetinity/ui/components/submission.ts";
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import { Card } from "@meetinity/ui/session/card.tsx";
import { holdChallenge } from "@meetinity/ui/session/challenge.ts";
import { EmailField } from "@meetinity/ui/session/email-field.tsx";
import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { mailSignIn } from "./mail-sign-in.ts";

export function SignInByMail() {
  const { t } = useTranslation("recovery");
  const [sentTo, setSentTo] = useState<string | null>(null);
  const submission = useSubmission(["email"], async ({ email = "" }) => {
    await mailSignIn.request(email);
    setSentTo(email.trim());
    return null;
  });
  const other = (
    <Link to="/sign-in" search={true}>
      {t("withoutMail")}
    </Link>
  );
  if (sentTo !== null)
    return <Waiting email={sentTo} other={other} onOther={() => setSentTo(null)} />;
  return (
    <Card
      title={t("byMail")}
      lead={t("byMailLead")}
      submit={t("sendMail")}
      submission={submission}
      other={other}
    >
      <EmailField />
    </Card>
  );
}

interface WaitingProps {
  readonly email: string;
  readonly other: ReactNode;
  onOther(): void;
}

/** The session of a link that another tab opens reaches this one: then the route leads on. */
function Waiting({ email, other, onOther }: WaitingProps) {
  const { t } = useTranslation("recovery");
  const { t: session } = useTranslation("session");
  const navigate = useNavigate();
  const submission = useSubmission(["code"], async ({ code = "" }) => {
    if (!/^\d{6}$/.test(code.replaceAll(/[\s-]/g, ""))) {
      return { errors: { code: t("problems.notACode") } };
    }
    const result = await mailSignIn.byCode(code);
    switch (result.__typename) {
      case "SignInSuccess":
        return null;
      case "SecondFactorRequired":
        holdChallenge(result.challenge);
        await navigate({ to: "/second-factor", search: true });
        return null;
      case "AccountSuspendedProblem": {
        const { __typename, explanation } = result;
        return { refusal: session(`problems.${__typename}`, { explanation }) };
      }
      case "WrongMagicCodeProblem": {
        const { attemptsLeft: count } = result;
        const key = count > 0 ? "problems.wrongCode" : "problems.noTries";
        return { errors: { code: t(key, { count }) } };
      }
      case "InvalidMagicLinkProblem":
        return { errors: { code: t(`problems.${result.__typename}`) } };
    }
  });
  const [isSentAgain, setSentAgain] = useState(false);
  const again = useSubmission([], async () => {
    await mailSignIn.request(email);
    setSentAgain(true);
    return null;
  });
  return (
    <Card
      key="waiting"
      title={t("checkMail")}
      lead={t("mailSent", { email })}
      submit={session("signIn")}
      submission={submission}
      other={
        <>
          <Button
            aria-disabled={again.state.isBusy}
            onClick={() => void again.submit(new FormData())}
          >
            {t("sendAgain")}
          </Button>
          <Button onClick={onOther}>{t("otherAddress")}</Button>
          <span role="status">{isSentAgain && t("sentAgain")}</span>
          {again.state.refusal !== null && <span role="alert">{again.state.refusal}</span>}
          {other}
        </>
      }
    >
      <TextField
        name="code"
        label={t("code")}
        hint={t("codeHint")}
        inputMode="numeric"
        autoComplete="one-time-code"
      />
    </Card>
  );
}
