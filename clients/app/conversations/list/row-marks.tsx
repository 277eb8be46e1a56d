// The marks of a conversation in a list: the viewer's settings, and what is unread.
import type { InboxRow } from "@meetinity/client";
import { CountBadge } from "@meetinity/ui/components/count-badge.tsx";
import { AtSign, BellOff, type LucideIcon, Star } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./row-marks.module.css";

type OfRow = { readonly row: InboxRow };

export function RowMarks({ row: { isMuted, isFavourite } }: OfRow) {
  const { t } = useTranslation("conversations");
  return (
    <>
      {isFavourite && <Mark icon={Star} name={t("inbox.favourite")} />}
      {isMuted && <Mark icon={BellOff} name={t("inbox.muted")} />}
    </>
  );
}

function Mark({ icon: Icon, name }: { readonly icon: LucideIcon; readonly name: string }) {
  return <Icon role="img" aria-label={name} className={styles.mark} />;
}

export function RowBadges({ row }: OfRow) {
  const { t } = useTranslation("conversations");
  const { unreadCount: count, unreadMentions, isMarkedUnread, isMuted } = row;
  if (count === 0 && !isMarkedUnread) return null;
  return (
    <span className={styles.badges} data-quiet={isMuted || undefined}>
      {unreadMentions > 0 && (
        <AtSign role="img" aria-label={t("inbox.mentioned")} className={styles.mention} />
      )}
      {count > 0 ? (
        <CountBadge className={styles.count} count={count} label={t("inbox.unread", { count })} />
      ) : (
        <span role="img" aria-label={t("inbox.markedUnread")} className={styles.dot} />
      )}
    </span>
  );
}
