// The way to the message requests, above the list of conversations; nothing while there are none.
import { CountBadge } from "@meetinity/ui/components/count-badge.tsx";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { Link } from "@tanstack/react-router";
import { Inbox } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import styles from "../inbox.module.css";
import { requestsOf } from "./requests.ts";

export function RequestsLink({ viewerId }: { readonly viewerId: string }) {
  const { t } = useTranslation("conversations");
  const requests = requestsOf(viewerId);
  const count = useObservable(requests.count);
  useEffect(() => requests.follow(), [requests]);
  if (count === 0) return null;
  return (
    <Link className={styles.way} to="/requests">
      <Inbox aria-hidden="true" />
      <span>{t("requests.title")}</span>
      <CountBadge count={count} label={t("requests.waiting", { count })} />
    </Link>
  );
}
