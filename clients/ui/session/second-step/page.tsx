// The second step of signing in: a code of the app, or a recovery code.
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/button.tsx";
import { sayFailure } from "../../components/notices.ts";
import { type Submission, useSubmission } from "../../components/submission.ts";
import { TextField } from "../../components/text-field.tsx";
import { formatWait } from "../../i18n/durations.ts";
import { useClient } from "../../shell/client-context.ts";
import { Card } from "../card.tsx";
import { heldChallenge, holdChallenge } from "../challenge.ts";

export function SecondStepPage() {
  const { t } = useTranslation("secondStep");
  const [isRecovery, setRecovery] = useState(false);
  const submission = useAnswer();
  const other = (
    <>
      <Button kind="plain" onClick={() => setRecovery(!isRecovery)}>
        {t(isRecovery ? "useApp" : "useRecovery")}
      </Button>
      <Link to="/sign-in" search={true}>
        {t("startOver")}
      </Link>
    </>
  );
  return (
    <Card
      title={t("title")}
      lead={t("lead")}
      submit={t("submit")}
      submission={submission}
      other={other}
    >
      {isRecovery ? (
        <TextField
          key="recovery"
          name="code"
          label={t("recoveryCode")}
          hint={t("recoveryHint")}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
      ) : (
        <TextField
          key="app"
          name="code"
          label={t("code")}
          hint={t("codeHint")}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
        />
      )}
    </Card>
  );
}

/** Sends the answer. Where the challenge has ended, signing in begins anew. */
function useAnswer(): Submission {
  const { t, i18n } = useTranslation("secondStep");
  const { t: session } = useTranslation("session");
  const client = useClient();
  const navigate = useNavigate();
  const startOver = async () => {
    holdChallenge(null);
    sayFailure(t("ended"));
    await navigate({ to: "/sign-in", search: true });
    return null;
  };
  return useSubmission(["code"], async ({ code = "" }) => {
    const challenge = heldChallenge();
    if (challenge === null) return startOver();
    const result = await client.session.answerSecondFactor({ challenge, code });
    switch (result.__typename) {
      case "SignInSuccess":
        holdChallenge(null);
        return null;
      case "WrongSecondFactorCodeProblem":
        if (result.attemptsLeft === 0) return startOver();
        return { errors: { code: t("wrongCode", { count: result.attemptsLeft }) } };
      case "ChallengeEndedProblem":
        return startOver();
      case "AccountSuspendedProblem": {
        const { __typename, explanation } = result;
        return { refusal: session(`problems.${__typename}`, { explanation }) };
      }
      case "TooManyAttemptsProblem":
        return { refusal: t("tooMany", { wait: formatWait(result.retryAfterMs, i18n.language) }) };
    }
  });
}
