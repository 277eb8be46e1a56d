// One conversation in the list: a link to it, with its last message, and the button of its menu.
import type { InboxRow as Row } from "@meetinity/client";
import { IconButton } from "@meetinity/ui/components/button.tsx";
import { classes } from "@meetinity/ui/components/classes.ts";
import { VerifiedBadge } from "@meetinity/ui/components/verified-badge.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { formatFull, formatListTime } from "@meetinity/ui/i18n/dates.ts";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { Link } from "@tanstack/react-router";
import { EllipsisVertical } from "lucide-react";
import { type MouseEvent, memo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../shell/client.ts";
import { otherOf, titleOf } from "./conversation/names.ts";
import { Picture } from "./conversation/picture.tsx";
import styles from "./inbox.module.css";
import { listOf } from "./list/lists.ts";
import { RowBadges, RowMarks } from "./list/row-marks.tsx";
import type { OpenRowMenu } from "./list/use-row-menu.tsx";
import { RowLine } from "./row-line.tsx";

interface InboxRowProps {
  readonly row: Row;
  readonly onMenu: OpenRowMenu;
}

/** Drawn again only when its row changes: a list may have hundreds. */
export const InboxRow = memo(function InboxRow({ row, onMenu }: InboxRowProps) {
  const { t } = useTranslation("conversations");
  const { t: names } = useTranslation("conversation");
  const { viewerId } = useObservable(client.session);
  const button = useRef<HTMLButtonElement>(null);
  const name = titleOf(row, viewerId, names);
  const openMenu = (event: MouseEvent) => {
    event.preventDefault();
    if (button.current) onMenu(row.id, button.current);
  };
  return (
    <div className={styles.rowAndMenu}>
      <RowLink {...{ row, name, viewerId }} onContextMenu={openMenu} />
      <IconButton
        ref={button}
        isSmall
        className={styles.menu}
        name={t("inbox.menu", { name })}
        aria-haspopup="menu"
        onClick={openMenu}
      >
        <EllipsisVertical aria-hidden="true" size={18} />
      </IconButton>
    </div>
  );
});

interface RowLinkProps {
  readonly row: Row;
  readonly name: string;
  readonly viewerId: string | null;
  readonly onContextMenu: (event: MouseEvent) => void;
}

function RowLink({ row, name, viewerId, onContextMenu }: RowLinkProps) {
  const dates = useDateReader();
  const { kind, members, pictureUrl } = row;
  const isUnread = row.unreadCount > 0 || row.isMarkedUnread;
  return (
    <Link
      className={classes(styles.row, isUnread && styles.unread)}
      to="/conversations/$conversationId"
      params={{ conversationId: row.id }}
      search={listOf}
      onContextMenu={onContextMenu}
    >
      <Picture id={row.id} name={name} {...{ kind, members, viewerId, pictureUrl }} />
      <span className={styles.names}>
        <span className={styles.name} dir="auto">
          {name}
          <VerifiedBadge isVerified={otherOf(row, viewerId)?.isVerified} />
        </span>
        <RowMarks row={row} />
      </span>
      <time
        className={styles.time}
        dateTime={row.activityAt}
        title={formatFull(row.activityAt, dates)}
      >
        {formatListTime(row.activityAt, dates)}
      </time>
      <RowLine row={row} viewerId={viewerId} />
      <RowBadges row={row} />
    </Link>
  );
}
