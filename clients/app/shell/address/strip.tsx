// Says on every page that the viewer's address is not confirmed yet.
import { MyAddress } from "@meetinity/client/operations";
import { Link, useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../client.ts";
import styles from "./address.module.css";
import { learnConfirmation } from "./address.ts";

const PAGES = ["/confirm-address", "/verify-email", "/settings/account"];

export function UnconfirmedStrip() {
  const { t } = useTranslation("shell");
  const path = useLocation({ select: ({ pathname }) => pathname });
  useEffect(() => {
    const look = () => document.visibilityState === "visible" && void lookForConfirmation();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  if (PAGES.some((page) => path.endsWith(page)) || path.includes("/welcome/")) return null;
  return (
    <div className={styles.strip} role="status">
      <p>{t("unconfirmed")}</p>
      <Link to="/confirm-address">{t("confirmAddressNow")}</Link>
    </div>
  );
}

/** The person may come back from their mails, having confirmed on another device. */
async function lookForConfirmation(): Promise<void> {
  const { me } = await client.run(MyAddress, {}).catch(() => ({ me: null }));
  if (me?.isEmailVerified) await learnConfirmation();
}
