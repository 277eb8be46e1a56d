// Signing in with the link of a mail, after a click: programs that check mails open links, too.

import { useSubmission } from "@meetinity/ui/components/submission.ts";
import { Card, CardFrame } from "@meetinity/ui/session/card.tsx";
import { holdChallenge } from "@meetinity/ui/session/challenge.ts";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLinkToken } from "../../shell/link-token.ts";
import { mailSignIn } from "./mail-sign-in.ts";

export function MagicLink() {
  const { t } = useTranslation("recovery");
  const { t: session } = useTranslation("session");
  const token = useLinkToken();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<"elsewhere" | "invalid" | null>(null);
  const submission = useSubmission([], async () => {
    const result = await mailSignIn.byLink(token ?? "");
    switch (result.__typename) {
      case "SignInSuccess":
        await navigate({ to: "/", replace: true });
        return null;
      case "SecondFactorRequired":
        holdChallenge(result.challenge);
        await navigate({ to: "/second-factor", search: true });
        return null;
      case "AccountSuspendedProblem": {
        const { __typename, explanation } = result;
        return { refusal: session(`problems.${__typename}`, { explanation }) };
      }
      case "OtherBrowserProblem":
        setProblem("elsewhere");
        return null;
      case "InvalidMagicLinkProblem":
        setProblem("invalid");
        return null;
    }
  });
  const other = <Link to="/sign-in-by-mail">{t("newLink")}</Link>;
  if (token === null) {
    return <CardFrame title={t("linkIncomplete")} lead={t("linkIncompleteLead")} other={other} />;
  }
  if (problem === "elsewhere") {
    return <CardFrame title={t("elsewhere")} lead={t("elsewhereLead")} other={other} />;
  }
  if (problem === "invalid") {
    return <CardFrame title={t("linkInvalid")} lead={t("linkInvalidLead")} other={other} />;
  }
  return (
    <Card
      title={session("signIn")}
      lead={t("magicLead")}
      submit={session("signIn")}
      submission={submission}
      other={other}
    >
      {null}
    </Card>
  );
}
