// Asking for a link with which a new password can be chosen.
import { RequestPasswordReset } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { useSubmission } from "@meetinity/ui/components/submission.ts";
import { Card, CardFrame } from "@meetinity/ui/session/card.tsx";
import { EmailField } from "@meetinity/ui/session/email-field.tsx";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";

export function ForgotPassword() {
  const { t } = useTranslation("recovery");
  const { t: session } = useTranslation("session");
  const [sentTo, setSentTo] = useState<string | null>(null);
  const submission = useSubmission(["email"], async ({ email = "" }) => {
    await client.run(RequestPasswordReset, { input: { email } });
    setSentTo(email.trim());
    return null;
  });
  const other = <Link to="/sign-in">{session("signIn")}</Link>;
  if (sentTo !== null) {
    const lead = t("resetSent", { email: sentTo });
    return (
      <CardFrame key="sent" title={t("checkMail")} lead={lead} other={other}>
        <Button onClick={() => setSentTo(null)}>{t("otherAddress")}</Button>
      </CardFrame>
    );
  }
  return (
    <Card
      title={t("forgotTitle")}
      lead={t("forgotLead")}
      submit={t("sendLink")}
      submission={submission}
      other={other}
    >
      <EmailField />
    </Card>
  );
}
