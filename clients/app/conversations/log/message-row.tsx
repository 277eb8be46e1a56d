// One message in the log, with the lines above it. It renders anew only when its own props change.
import type { Message } from "@meetinity/client";
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { classes } from "@meetinity/ui/components/classes.ts";
import { formatFull, formatTime } from "@meetinity/ui/i18n/dates.ts";
import { Forward, Pin } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { MessageFiles } from "../attachments/message-files.tsx";
import { nameOf } from "../conversation/names.ts";
import { ThreadLink } from "../threads/thread-link.tsx";
import { isFewEmoji } from "./emoji.ts";
import { HappeningLines } from "./happening-lines.tsx";
import type { Happening } from "./happenings.ts";
import styles from "./message.module.css";
import { MessageBody } from "./message-body.tsx";
import { MessageControls } from "./message-controls.tsx";
import { Quote } from "./quote.tsx";
import type { Quoted } from "./quoted.ts";
import { Reactions } from "./reactions.tsx";
import { useReader } from "./reader.tsx";
import { Separators, type SeparatorsProps } from "./separators.tsx";

export interface MessageRowProps extends SeparatorsProps {
  readonly message: Message;
  readonly quoted: Quoted | null;
  /** Happenings behind the last message. */
  readonly below: readonly Happening[];
  readonly startsGroup: boolean;
  readonly endsGroup: boolean;
  /** One message at a time takes part in the order of the tab key. */
  readonly isReachable: boolean;
  readonly isHighlighted: boolean;
}

export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, quoted, below, startsGroup, endsGroup, isReachable, isHighlighted } = props;
  const { t, dates, viewerId, isGroup, isInThread, faces } = useReader();
  const { sender, seq } = message;
  const isOwn = sender !== null && sender.id === viewerId;
  const name = isOwn ? t("you") : nameOf(sender, t);
  const time = formatTime(message.createdAt, dates);
  const hasName = isGroup && !isOwn;
  return (
    <div
      className={classes(
        styles.row,
        startsGroup && styles.startsGroup,
        endsGroup && styles.endsGroup,
      )}
    >
      <Separators {...props} />
      <article
        className={classes(
          styles.message,
          isOwn && styles.own,
          isHighlighted && styles.highlighted,
        )}
        aria-label={t("label", { name, time })}
        data-seq={seq}
        tabIndex={isReachable ? 0 : -1}
      >
        {hasName && (
          <div className={styles.picture}>
            {startsGroup && (
              <Avatar
                id={sender?.id ?? ""}
                name={name}
                size="small"
                picture={faces.get(sender?.id ?? "")}
              />
            )}
          </div>
        )}
        <div className={styles.content}>
          {hasName && startsGroup && (
            <div className={styles.name} dir="auto">
              {name}
            </div>
          )}
          <div className={styles.line}>
            <Bubble {...{ message, quoted, isReachable }} />
            {message.deletedAt === null && (
              <MessageControls message={message} isReachable={isReachable} />
            )}
          </div>
          {message.reactions.length > 0 && (
            <Reactions message={message} isReachable={isReachable} />
          )}
          {message.thread && !isInThread && (
            <ThreadLink message={message} thread={message.thread} isReachable={isReachable} />
          )}
        </div>
      </article>
      <HappeningLines happenings={below} />
    </div>
  );
});

interface BubbleProps {
  readonly message: Message;
  readonly quoted: Quoted | null;
  readonly isReachable: boolean;
}

function Bubble({ message, quoted, isReachable }: BubbleProps) {
  const { t, dates } = useReader();
  const { t: threads } = useTranslation("threads");
  const { body, createdAt, editedAt, deletedAt, pinnedAt, replyToId, isForwarded } = message;
  const { attachments } = message;
  const meta = (
    <span className={styles.meta}>
      {pinnedAt !== null && <Pin role="img" aria-label={t("pinned")} size={12} />}
      {editedAt !== null && deletedAt === null && <Edited {...{ message, isReachable }} />}
      <time dateTime={createdAt} title={formatFull(createdAt, dates)}>
        {formatTime(createdAt, dates)}
      </time>
    </span>
  );
  if (body === null) {
    return (
      <div className={classes(styles.bubble, styles.withoutText)}>
        {t("deleted")}
        {meta}
      </div>
    );
  }
  const hasFiles = attachments.length > 0;
  const isAlone = replyToId === null && !hasFiles && isFewEmoji(body);
  return (
    <div className={classes(styles.bubble, isAlone && styles.bare, hasFiles && styles.withFiles)}>
      {isForwarded && (
        <p className={styles.forwarded}>
          <Forward aria-hidden="true" size={14} />
          {threads("forwarded")}
        </p>
      )}
      {replyToId !== null && <Quote quoted={quoted} isReachable={isReachable} />}
      <MessageFiles files={attachments} isReachable={isReachable} />
      {body === "" ? (
        <div className={classes(styles.body, styles.timeAlone)}>{meta}</div>
      ) : (
        <MessageBody body={body} named={message} isReachable={isReachable}>
          {meta}
        </MessageBody>
      )}
    </div>
  );
}

function Edited({ message, isReachable }: Pick<BubbleProps, "message" | "isReachable">) {
  const { t, actions } = useReader();
  const { t: threads } = useTranslation("threads");
  return (
    <button
      type="button"
      className={styles.edited}
      title={threads("edits.open")}
      tabIndex={isReachable ? 0 : -1}
      onClick={() => actions.showEdits(message)}
    >
      {t("edited")}
    </button>
  );
}
