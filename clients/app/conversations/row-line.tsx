// The second line of a row: who is typing, a draft, or else what was said last. The own message of
// the viewer counts from the moment they send it.
import type { InboxRow, OutgoingMessage } from "@meetinity/client";
import { classes } from "@meetinity/ui/components/classes.ts";
import { useParams } from "@tanstack/react-router";
import { CircleAlert, Clock } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../shell/client.ts";
import { attachmentOf, describeFiles } from "./attachments/describe.ts";
import { typingText } from "./conversation/names.ts";
import styles from "./inbox.module.css";
import { lastMessageText } from "./row-texts.ts";

interface RowLineProps {
  readonly row: InboxRow;
  readonly viewerId: string | null;
}

export function RowLine({ row, viewerId }: RowLineProps) {
  const { t } = useTranslation("conversations");
  const { t: names } = useTranslation("conversation");
  const outgoing = useOutgoing(row.id, viewerId);
  const { conversationId: open } = useParams({ strict: false });
  const draft = row.draft?.body;
  const typing = typingText(row, names);
  if (typing) return <span className={classes(styles.last, styles.typing)}>{typing}</span>;
  if (outgoing) return <OutgoingLine message={outgoing} />;
  if (draft && row.id !== open) return <DraftLine text={draft} />;
  return (
    <span
      dir="auto"
      className={classes(styles.last, row.lastMessage?.body == null && styles.absent)}
    >
      {lastMessageText(row, viewerId, t, names)}
    </span>
  );
}

function DraftLine({ text }: { readonly text: string }) {
  const { t } = useTranslation("conversations");
  return (
    <span dir="auto" className={styles.last}>
      <span className={styles.draft}>{t("inbox.draft")}</span> {text}
    </span>
  );
}

function OutgoingLine({ message }: { readonly message: OutgoingMessage }) {
  const { t } = useTranslation("conversations");
  const { t: states } = useTranslation("conversation");
  const isFailed = message.status === "failed";
  const files = message.files?.map(attachmentOf) ?? [];
  const Icon = isFailed ? CircleAlert : Clock;
  return (
    <span className={classes(styles.last, isFailed && styles.failed)}>
      <Icon aria-hidden="true" className={styles.state} />
      <span className="hidden-visually">{isFailed ? t("inbox.notSent") : states("sending")} </span>
      {t("inbox.own", { body: describeFiles(files, states, message.body) })}
    </span>
  );
}

/** The viewer's last message that the server does not have yet. */
function useOutgoing(conversationId: string, viewerId: string | null) {
  return useSyncExternalStore(client.outbox.subscribe, () =>
    client.outbox
      .getSnapshot()
      .findLast(
        (message) =>
          message.conversationId === conversationId &&
          message.senderId === viewerId &&
          message.status !== "sent",
      ),
  );
}
