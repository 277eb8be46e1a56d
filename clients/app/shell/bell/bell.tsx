// The way to the notifications, in the header: it says how many were not seen.
import { CountBadge } from "@meetinity/ui/components/count-badge.tsx";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { Link } from "@tanstack/react-router";
import { Bell as BellIcon } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import styles from "./bell.module.css";
import { notificationsOf } from "./notifications.ts";

export function Bell({ viewerId }: { readonly viewerId: string }) {
  const { t } = useTranslation("shell");
  const { unseen, watch } = notificationsOf(viewerId);
  const count = useObservable(unseen);
  useEffect(() => watch(), [watch]);
  return (
    <Link to="/notifications" className={styles.bell}>
      <BellIcon aria-hidden="true" />
      <span className="hidden-visually">{t("notifications")}</span>
      {count > 0 && (
        <CountBadge
          isSmall
          className={styles.count}
          count={count}
          label={t("newNotifications", { count })}
        />
      )}
    </Link>
  );
}
