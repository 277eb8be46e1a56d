// The replies of a thread, and those of the viewer that are on their way.
import type { ThreadState } from "@meetinity/client";
import { useTranslation } from "react-i18next";
import { groupingOf } from "../log/grouping.ts";
import { NO_HAPPENINGS } from "../log/happenings.ts";
import { MessageRow } from "../log/message-row.tsx";
import { OutgoingRow } from "../log/outgoing-row.tsx";
import { quotedBy } from "../log/quoted.ts";
import styles from "./thread.module.css";

const PLAIN = { above: null, day: null, happenings: NO_HAPPENINGS } as const;

export function Replies({ state }: { readonly state: ThreadState }) {
  const { t } = useTranslation("threads");
  const { status, messages, outgoing, firstUnreadSeq } = state;
  if (status === "loading") return null;
  const sent = [
    ...messages.map(({ sender, createdAt }) => ({
      senderId: sender?.id ?? null,
      at: Date.parse(createdAt),
    })),
    ...outgoing.map(({ senderId }) => ({ senderId, at: Date.now() })),
  ];
  if (sent.length === 0) return <p className={styles.note}>{t("none")}</p>;
  const groupingAt = (at: number) => {
    const own = sent[at];
    return own && groupingOf(sent[at - 1] ?? null, own, sent[at + 1] ?? null);
  };
  return (
    <div role="log" aria-label={t("list")}>
      {messages.map((message, at) => (
        <MessageRow
          key={message.id}
          {...PLAIN}
          {...(groupingAt(at) ?? { startsGroup: true, endsGroup: true })}
          message={message}
          quoted={quotedBy(message, messages)}
          below={NO_HAPPENINGS}
          isUnreadMark={message.seq === firstUnreadSeq}
          isReachable
          isHighlighted={false}
        />
      ))}
      {outgoing.map((message, at) => (
        <OutgoingRow
          key={message.clientMessageId}
          {...PLAIN}
          {...(groupingAt(messages.length + at) ?? { startsGroup: true, endsGroup: true })}
          message={message}
          quoted={quotedBy(message, messages)}
          isUnreadMark={false}
        />
      ))}
    </div>
  );
}
