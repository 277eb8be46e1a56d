// One thread in the list of those that the viewer follows: its message, its replies, and how many
// of them are unread.
import { IconButton } from "@meetinity/ui/components/button.tsx";
import { classes } from "@meetinity/ui/components/classes.ts";
import { CountBadge } from "@meetinity/ui/components/count-badge.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { formatFull, formatListTime } from "@meetinity/ui/i18n/dates.ts";
import { Link } from "@tanstack/react-router";
import { BellOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { nameOf, titleOf } from "../conversation/names.ts";
import styles from "./followed.module.css";
import { type FollowedThread, followedOf } from "./followed.ts";

interface FollowedCardProps {
  readonly thread: FollowedThread;
  readonly viewerId: string;
}

export function FollowedCard({ thread, viewerId }: FollowedCardProps) {
  const { t } = useTranslation("followed");
  const { t: names } = useTranslation("conversation");
  const { t: common } = useTranslation("shell");
  const { root, unreadCount: count } = thread;
  const { conversation } = root;
  const title = titleOf({ ...conversation, members: conversation.members.edges }, viewerId, names);
  const stop = () =>
    followedOf(viewerId)
      .leave(thread.id)
      .then(
        () => say(t("stopped")),
        (error: unknown) => sayFailure(explain(error, common)),
      );
  return (
    <li className={styles.thread}>
      <Link
        className={classes(styles.words, count > 0 && styles.unread)}
        to="/conversations/$conversationId"
        params={{ conversationId: conversation.id }}
        search={{ thread: thread.id }}
      >
        <span className={styles.title} dir="auto">
          {title}
        </span>
        <Beginning root={root} viewerId={viewerId} />
        <Replies thread={thread} viewerId={viewerId} />
      </Link>
      <span className={styles.end}>
        {count > 0 && <CountBadge count={count} label={t("unread", { count })} />}
        <IconButton isSmall name={t("stop")} onClick={() => void stop()}>
          <BellOff aria-hidden="true" size={18} />
        </IconButton>
      </span>
    </li>
  );
}

function Beginning({
  root,
  viewerId,
}: {
  readonly root: FollowedThread["root"];
  viewerId: string;
}) {
  const { t: names } = useTranslation("conversation");
  const { sender, body, deletedAt } = root;
  const name = sender?.id === viewerId ? names("you") : nameOf(sender, names);
  const text = deletedAt === null ? body : names("deleted");
  return (
    <span className={styles.beginning} dir="auto">
      <strong>{name}</strong> {text}
    </span>
  );
}

function Replies({ thread, viewerId }: FollowedCardProps) {
  const { t } = useTranslation("threads");
  const { t: names } = useTranslation("conversation");
  const dates = useDateReader();
  const { replyCount: count, lastReplyAt, participants } = thread;
  const people = participants.map((person) =>
    person.id === viewerId ? names("you") : nameOf(person, names),
  );
  return (
    <span className={styles.replies}>
      <span dir="auto">{people.join(", ")}</span>
      <span>{t("replies", { count })}</span>
      <time dateTime={lastReplyAt} title={formatFull(lastReplyAt, dates)}>
        {formatListTime(lastReplyAt, dates)}
      </time>
    </span>
  );
}
