// Under a message: how many replies its thread has, and a way to them.
import { isThreadUnread, type Message } from "@meetinity/client";
import { classes } from "@meetinity/ui/components/classes.ts";
import { formatListTime } from "@meetinity/ui/i18n/dates.ts";
import { MessagesSquare } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useReader } from "../log/reader.tsx";
import styles from "./thread.module.css";

interface ThreadLinkProps {
  readonly message: Message;
  readonly thread: NonNullable<Message["thread"]>;
  readonly isReachable: boolean;
}

export function ThreadLink({ message, thread, isReachable }: ThreadLinkProps) {
  const { t } = useTranslation("threads");
  const { dates, actions } = useReader();
  const isUnread = isThreadUnread(thread);
  return (
    <button
      type="button"
      className={classes(styles.link, isUnread && styles.unread)}
      tabIndex={isReachable ? 0 : -1}
      onClick={() => actions.openThread(message)}
    >
      <MessagesSquare aria-hidden="true" size={16} />
      <span>{t("replies", { count: thread.replyCount })}</span>
      <span className={styles.last}>
        {t("last", { time: formatListTime(thread.lastReplyAt, dates) })}
      </span>
      {isUnread && <span className={styles.dot} role="img" aria-label={t("unread")} />}
    </button>
  );
}
