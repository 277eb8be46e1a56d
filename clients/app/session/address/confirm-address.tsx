// The page after signing up: the code of the mail, or later.

import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import styles from "@meetinity/ui/session/card.module.css";
import { CardFrame } from "@meetinity/ui/session/card.tsx";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../shell/address/address.ts";
import { CodeForm } from "../../shell/address/code-form.tsx";
import { MailboxLink, Resend } from "../../shell/address/resend.tsx";
import { placeOf } from "../../shell/search.ts";

export function ConfirmAddress() {
  const { t } = useTranslation("address");
  const navigate = useNavigate();
  const { address, error, reload } = useAddress();
  const { to, isNew = false } = useSearch({ from: "/signedIn/confirm-address" });
  const search = to === undefined ? {} : { to };
  const next = isNew ? ({ to: "/welcome", search } as const) : placeOf(to);
  const goOn = () => void navigate({ ...next, replace: true });
  const later = <Link {...next}>{t("later")}</Link>;
  if (!address) return error ? <Failed error={error} onRetry={reload} /> : <Loading rows={3} />;
  if (address.isEmailVerified) {
    const other = <Link {...next}>{t("goOn")}</Link>;
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
