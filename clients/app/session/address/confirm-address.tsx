// The page after signing up: the code of the mail, or later.

import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import styles from "@meetinity/ui/session/card.module.css";
import { CardFrame } from "@meetinity/ui/session/card.tsx";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../shell/address/address.ts";
import { CodeForm } from "../../shell/address/code-form.tsx";
import { MailboxLink, Resend } from "../../shell/address/resend.tsx";

export function ConfirmAddress() {
  const { t } = useTranslation("address");
  const navigate = useNavigate();
  const { address, error, reload } = useAddress();
  const goOn = () => void navigate({ to: "/", replace: true });
  const later = <Link to="/">{t("later")}</Link>;
  if (!address) return error ? <Failed error={error} onRetry={reload} /> : <Loading rows={3} />;
  if (address.isEmailVerified) {
    const other = <Link to="/">{t("goOn")}</Link>;
    return <CardFrame title={t("linkDone")} lead={t("linkDoneLead")} other={other} />;
  }
  return (
    <CardFrame
      title={t("confirmTitle")}
      lead={t("confirmLead", { email: address.email })}
      other={later}
    >
      <CodeForm onDone={goOn} />
      <div className={styles.other}>
        <Resend />
        <Link to="/settings/account">{t("wrongAddress")}</Link>
        <MailboxLink />
      </div>
    </CardFrame>
  );
}
