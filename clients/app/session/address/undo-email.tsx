// Undoing a change of address by the link that the former address got, after a click.
import { UndoEmailChange } from "@meetinity/client/operations";
import { buttonClass } from "@meetinity/ui/components/button.tsx";
import { useSubmission } from "@meetinity/ui/components/submission.ts";
import { Card, CardFrame } from "@meetinity/ui/session/card.tsx";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { useLinkToken } from "../../shell/link-token.ts";

type Ended = { readonly email: string; readonly resetToken: string } | "owned" | "invalid";

export function UndoEmail() {
  const { t } = useTranslation("address");
  const token = useLinkToken();
  const [ended, setEnded] = useState<Ended | null>(null);
  const submission = useSubmission([], async () => {
    const variables = { input: { token: token ?? "" } };
    const { undoEmailChange: result } = await client.run(UndoEmailChange, variables);
    switch (result.__typename) {
      case "UndoEmailChangeSuccess":
        // The session of this browser has ended, if it was this person's.
        await client.session.signOut().catch(() => {});
        setEnded(result);
        return null;
      case "EmailOwnedProblem":
        setEnded("owned");
        return null;
      case "InvalidVerificationProblem":
        setEnded("invalid");
        return null;
    }
  });
  const other = <Link to="/">{t("goOn")}</Link>;
  if (token === null) {
    return <CardFrame title={t("linkIncomplete")} lead={t("linkIncompleteLead")} other={other} />;
  }
  if (ended === "invalid") {
    return <CardFrame title={t("linkInvalid")} lead={t("linkInvalidLead")} other={other} />;
  }
  if (ended === "owned") {
    return <CardFrame title={t("undoOwned")} lead={t("undoOwnedLead")} other={other} />;
  }
  if (ended !== null) {
    const { email, resetToken } = ended;
    const href = `/app/reset-password?${new URLSearchParams({ token: resetToken })}`;
    return (
      <CardFrame title={t("undone")} lead={t("undoneLead", { email })} other={null}>
        <a href={href} className={buttonClass({ kind: "primary" })}>
          {t("choosePassword")}
        </a>
      </CardFrame>
    );
  }
  return (
    <Card
      title={t("undoTitle")}
      lead={t("undoLead")}
      submit={t("undo")}
      submission={submission}
      other={other}
    >
      {null}
    </Card>
  );
}
