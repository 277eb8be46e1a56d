// One notification: a link to the event, the conversation or the matches that it is about.
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { formatListTime } from "@meetinity/ui/i18n/dates.ts";
import { Link, type LinkProps } from "@tanstack/react-router";
import {
  AlarmClock,
  AtSign,
  CalendarCheck,
  CalendarClock,
  CalendarX,
  Handshake,
  Hourglass,
  type LucideIcon,
  MessageCircleQuestion,
  MessageSquareText,
  TicketCheck,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { type Notification, notificationsOf } from "../shell/bell/notifications.ts";
import styles from "./notifications.module.css";

const ICONS: Readonly<Record<Notification["kind"], LucideIcon>> = {
  REGISTRATION_CONFIRMED: CalendarCheck,
  REGISTRATION_WAITLISTED: Hourglass,
  REGISTRATION_DECLINED: CalendarX,
  REGISTRATION_CANCELLED: CalendarX,
  SEAT_GIVEN: TicketCheck,
  SEAT_OFFERED: TicketCheck,
  OFFER_LAPSING: AlarmClock,
  OFFER_EXPIRED: Hourglass,
  EVENT_CHANGED: CalendarClock,
  EVENT_CANCELLED: CalendarX,
  EVENT_REMINDER: AlarmClock,
  MATCHED: Handshake,
  MESSAGE: MessageSquareText,
  MENTIONED: AtSign,
  CONVERSATION_REQUESTED: MessageCircleQuestion,
};

interface RowProps {
  readonly viewerId: string;
  readonly notification: Notification;
}

export function NotificationRow({ viewerId, notification }: RowProps) {
  const { t } = useTranslation("notifications");
  const dates = useDateReader();
  const { kind, text, isRead, createdAt } = notification;
  const Icon = ICONS[kind];
  const open = () => {
    if (!isRead) void notificationsOf(viewerId).read(notification);
  };
  return (
    <li>
      <Link
        {...placeOf(notification)}
        className={styles.row}
        data-unread={!isRead || undefined}
        onClick={open}
      >
        <Icon aria-hidden="true" className={styles.icon} />
        <span className={styles.words}>
          <span dir="auto">{text}</span>
          <time dateTime={createdAt}>{formatListTime(createdAt, dates)}</time>
        </span>
        {!isRead && (
          <span className={styles.unread}>
            <span className="hidden-visually">{t("unread")}</span>
          </span>
        )}
      </Link>
    </li>
  );
}

/** The page that a notification is about. */
function placeOf(notification: Notification): Pick<LinkProps, "to" | "params"> {
  const { kind, event, match, conversation } = notification;
  if (event) return { to: "/events/$eventId", params: { eventId: event.id } };
  if (kind === "CONVERSATION_REQUESTED") return { to: "/requests" };
  const conversationId = conversation?.id ?? match?.conversation?.id;
  if (conversationId) return { to: "/conversations/$conversationId", params: { conversationId } };
  return { to: "/people/matches" };
}
