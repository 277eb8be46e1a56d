// The items of the menu of a conversation.
import { Menu } from "@base-ui/react/menu";
import type { InboxRow } from "@meetinity/client";
import { classes } from "@meetinity/ui/components/classes.ts";
import popup from "@meetinity/ui/components/popup.module.css";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { formatFull } from "@meetinity/ui/i18n/dates.ts";
import {
  Archive,
  ArchiveRestore,
  Bell,
  BellOff,
  ChevronRight,
  Eraser,
  EyeOff,
  LogOut,
  type LucideIcon,
  MailCheck,
  MailOpen,
  Star,
  StarOff,
} from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Asked, RowActions } from "./use-row-actions.ts";

interface RowItemsProps {
  readonly row: InboxRow;
  readonly actions: RowActions;
  /** Asks before it is done. */
  readonly ask: (asked: Asked) => void;
}

export function RowItems({ row, actions, ask }: RowItemsProps) {
  const { t } = useTranslation("rowMenu");
  const { id, kind, isFavourite, isArchived } = row;
  const isUnread = row.unreadCount > 0 || row.isMarkedUnread;
  return (
    <>
      <Item
        icon={isUnread ? MailCheck : MailOpen}
        onClick={() => (isUnread ? actions.read(row) : actions.markUnread(row))}
      >
        {isUnread ? t("markRead") : t("markUnread")}
      </Item>
      <Item icon={isFavourite ? StarOff : Star} onClick={() => actions.favourite(row)}>
        {isFavourite ? t("noFavourite") : t("favourite")}
      </Item>
      <MuteItems row={row} actions={actions} />
      <Item icon={isArchived ? ArchiveRestore : Archive} onClick={() => actions.archive(row)}>
        {isArchived ? t("unarchive") : t("archive")}
      </Item>
      {kind !== "GROUP" && (
        <Item icon={EyeOff} onClick={() => actions.hide(row)}>
          {t("hide")}
        </Item>
      )}
      <Menu.Separator className={popup.separator} />
      <Item icon={Eraser} isDanger onClick={() => ask({ kind: "clear", id })}>
        {t("clear")}
      </Item>
      {kind === "GROUP" && (
        <Item icon={LogOut} isDanger onClick={() => ask({ kind: "leave", id })}>
          {t("leave")}
        </Item>
      )}
    </>
  );
}

interface ItemProps {
  readonly icon: LucideIcon;
  readonly isDanger?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Item({ icon: Icon, isDanger = false, onClick, children }: ItemProps) {
  return (
    <Menu.Item className={classes(popup.item, isDanger && popup.danger)} onClick={onClick}>
      <Icon aria-hidden="true" />
      {children}
    </Menu.Item>
  );
}

const HOUR_MS = 60 * 60_000;
const SPANS = { hour: HOUR_MS, hours: 8 * HOUR_MS, week: 7 * 24 * HOUR_MS } as const;

function MuteItems({ row, actions }: Pick<RowItemsProps, "row" | "actions">) {
  const { t } = useTranslation("rowMenu");
  const dates = useDateReader();
  const { isMuted, mutedUntil } = row;
  if (isMuted) {
    const date = mutedUntil && formatFull(mutedUntil, dates);
    return (
      <Item icon={Bell} onClick={() => actions.mute(row, false)}>
        {date ? t("unmuteBefore", { date }) : t("unmute")}
      </Item>
    );
  }
  return (
    <Menu.SubmenuRoot>
      <Menu.SubmenuTrigger className={popup.item}>
        <BellOff aria-hidden="true" />
        {t("mute.open")}
        <ChevronRight aria-hidden="true" className={popup.more} />
      </Menu.SubmenuTrigger>
      <Menu.Portal>
        <Menu.Positioner className={popup.positioner} sideOffset={-4}>
          <Menu.Popup className={popup.popup}>
            {(["hour", "hours", "week"] as const).map((span) => (
              <Menu.Item
                key={span}
                className={popup.item}
                onClick={() => actions.mute(row, true, SPANS[span])}
              >
                {t(`mute.${span}`)}
              </Menu.Item>
            ))}
            <Menu.Item className={popup.item} onClick={() => actions.mute(row, true)}>
              {t("mute.always")}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.SubmenuRoot>
  );
}
