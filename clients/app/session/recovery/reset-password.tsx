// Choosing a new password with the link of a mail. Opening the page uses nothing.
import { resetPassword } from "@meetinity/client";
import { NewPasswordField } from "@meetinity/ui/components/new-password-field.tsx";
import { useSubmission } from "@meetinity/ui/components/submission.ts";
import { explainWeakPassword } from "@meetinity/ui/components/weak-password.ts";
import { Card, CardFrame } from "@meetinity/ui/session/card.tsx";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { useLinkToken } from "../../shell/link-token.ts";

type Ended = { readonly email: string } | "invalid";

export function ResetPassword() {
  const { t } = useTranslation("recovery");
  const { t: session } = useTranslation("session");
  const { t: shell } = useTranslation("shell");
  const token = useLinkToken();
  const [ended, setEnded] = useState<Ended | null>(null);
  const submission = useSubmission(["password"], async ({ password = "" }) => {
    const input = { token: token ?? "", password };
    const result = await resetPassword(client.session, input);
    switch (result.__typename) {
      case "ResetPasswordSuccess":
        await forgetSession();
        setEnded({ email: result.email });
        return null;
      case "InvalidResetTokenProblem":
        setEnded("invalid");
        return null;
      case "WeakPasswordProblem":
        return { errors: { password: explainWeakPassword(result, shell) } };
    }
  });
  const again = <Link to="/forgot-password">{t("newLink")}</Link>;
  if (token === null) {
    return <CardFrame title={t("linkIncomplete")} lead={t("linkIncompleteLead")} other={again} />;
  }
  if (ended === "invalid") {
    return <CardFrame title={t("linkInvalid")} lead={t("linkInvalidLead")} other={again} />;
  }
  if (ended !== null) {
    const other = <Link to="/sign-in">{session("signIn")}</Link>;
    return <CardFrame title={t("resetDone")} lead={t("resetDoneLead", ended)} other={other} />;
  }
  return (
    <Card
      title={t("resetTitle")}
      lead={t("resetLead")}
      submit={t("set")}
      submission={submission}
      other={again}
    >
      <NewPasswordField name="password" label={t("chosen")} />
    </Card>
  );
}

/** The session of this browser has ended with all others, if it was this person's. */
async function forgetSession(): Promise<void> {
  await client.session.signOut().catch(() => {});
}
