// Confirming an address by the link of a mail, after a click: programs that check mails open links,
// too.
import { VerifyEmail as Operation } from "@meetinity/client/operations";
import { useSubmission } from "@meetinity/ui/components/submission.ts";
import { Card, CardFrame } from "@meetinity/ui/session/card.tsx";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { learnConfirmation } from "../../shell/address/address.ts";
import { client } from "../../shell/client.ts";
import { useLinkToken } from "../../shell/link-token.ts";

type Ended = "done" | "doneBefore" | "owned" | "invalid";

const TITLES = {
  done: "linkDone",
  doneBefore: "linkDoneBefore",
  owned: "linkOwned",
  invalid: "linkInvalid",
} as const;

const LEADS = {
  done: "linkDoneLead",
  doneBefore: "linkDoneLead",
  owned: "linkOwnedLead",
  invalid: "linkInvalidLead",
} as const;

export function VerifyEmail() {
  const { t } = useTranslation("address");
  const token = useLinkToken();
  const [ended, setEnded] = useState<Ended | null>(null);
  const submission = useSubmission([], async () => {
    const variables = { input: { token: token ?? "" } };
    const { verifyEmail: result } = await client.run(Operation, variables);
    switch (result.__typename) {
      case "VerifyEmailSuccess":
        if (client.session.getSnapshot().viewerId === result.userId) await learnConfirmation();
        setEnded(result.isNewlyVerified ? "done" : "doneBefore");
        return null;
      case "EmailOwnedProblem":
        setEnded("owned");
        return null;
      case "InvalidVerificationProblem":
        setEnded("invalid");
        return null;
    }
  });
  // Signed out, this leads to the page of signing in.
  const other = <Link to="/">{t("goOn")}</Link>;
  if (token === null) {
    return <CardFrame title={t("linkIncomplete")} lead={t("linkIncompleteLead")} other={other} />;
  }
  if (ended !== null) {
    return <CardFrame title={t(TITLES[ended])} lead={t(LEADS[ended])} other={other} />;
  }
  return (
    <Card
      title={t("linkTitle")}
      lead={t("linkLead")}
      submit={t("confirm")}
      submission={submission}
      other={other}
    >
      {null}
    </Card>
  );
}
