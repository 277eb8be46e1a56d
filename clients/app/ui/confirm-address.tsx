// Asks a person to confirm their e-mail address, where they tried to reach others without that.
import { Link } from "@tanstack/react-router";
import { MailWarning } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./confirm-address.module.css";

export function ConfirmAddress() {
  const { t } = useTranslation("shell");
  return (
    <div className={styles.strip} role="alert">
      <MailWarning aria-hidden="true" size={20} />
      <p>{t("confirmAddress")}</p>
      <Link to="/settings/account" className={styles.link}>
        {t("confirmAddressNow")}
      </Link>
    </div>
  );
}
