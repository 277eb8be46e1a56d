// The way to the threads that the viewer follows, above the list of conversations; nothing while
// there are none.
import { CountBadge } from "@meetinity/ui/components/count-badge.tsx";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { Link } from "@tanstack/react-router";
import { MessagesSquare } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import styles from "../inbox.module.css";
import { followedOf } from "./followed.ts";

export function FollowedLink({ viewerId }: { readonly viewerId: string }) {
  const { t } = useTranslation("conversations");
  const followed = followedOf(viewerId);
  const { hasAny, unread: count } = useObservable(followed.summary);
  useEffect(() => followed.followSummary(), [followed]);
  if (!hasAny) return null;
  return (
    <Link className={styles.way} to="/threads">
      <MessagesSquare aria-hidden="true" />
      <span>{t("threads.title")}</span>
      {count > 0 && <CountBadge count={count} label={t("threads.unread", { count })} />}
    </Link>
  );
}
