// One conversation in the list: a link to it, with its last message.
import type { InboxRow as Row } from "@meetinity/client";
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { classes } from "@meetinity/ui/components/classes.ts";
import { CountBadge } from "@meetinity/ui/components/count-badge.tsx";
import { VerifiedBadge } from "@meetinity/ui/components/verified-badge.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { formatFull, formatListTime } from "@meetinity/ui/i18n/dates.ts";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { Link } from "@tanstack/react-router";
import { AtSign } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../shell/client.ts";
import { otherOf, titleOf } from "./conversation/names.ts";
import styles from "./inbox.module.css";
import { RowLine } from "./row-line.tsx";

/** Drawn again only when its row changes: a list may have hundreds. */
export const InboxRow = memo(function InboxRow({ row }: { readonly row: Row }) {
  const { t: names } = useTranslation("conversation");
  const { viewerId } = useObservable(client.session);
  const dates = useDateReader();
  const name = titleOf(row, viewerId, names);
  const isUnread = row.unreadCount > 0;
  return (
    <Link
      className={classes(styles.row, isUnread && styles.unread)}
      to="/conversations/$conversationId"
      params={{ conversationId: row.id }}
    >
      <Avatar
        id={otherOf(row, viewerId)?.id ?? row.id}
        name={name}
        kind={row.kind === "GROUP" ? "group" : "person"}
      />
      <span className={styles.name} dir="auto">
        {name}
        <VerifiedBadge isVerified={otherOf(row, viewerId)?.isVerified} />
      </span>
      <time
        className={styles.time}
        dateTime={row.activityAt}
        title={formatFull(row.activityAt, dates)}
      >
        {formatListTime(row.activityAt, dates)}
      </time>
      <RowLine row={row} viewerId={viewerId} />
      {isUnread && (
        <span className={styles.badges}>
          {row.unreadMentions > 0 && <MentionBadge />}
          <Unread count={row.unreadCount} />
        </span>
      )}
    </Link>
  );
});

function MentionBadge() {
  const { t } = useTranslation("conversations");
  return <AtSign role="img" aria-label={t("inbox.mentioned")} className={styles.mention} />;
}

function Unread({ count }: { readonly count: number }) {
  const { t } = useTranslation("conversations");
  return <CountBadge count={count} label={t("inbox.unread", { count })} />;
}
