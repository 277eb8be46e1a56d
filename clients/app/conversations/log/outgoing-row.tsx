// One message of the viewer that the server does not have yet.
import { type ConversationState, withMentions } from "@meetinity/client";
import { Button } from "@meetinity/ui/components/button.tsx";
import { classes } from "@meetinity/ui/components/classes.ts";
import { memo, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { attachmentOf } from "../attachments/describe.ts";
import { MessageFiles } from "../attachments/message-files.tsx";
import { explainRefusal } from "../conversation/explain-refusal.ts";
import styles from "./message.module.css";
import { MessageBody } from "./message-body.tsx";
import { Quote } from "./quote.tsx";
import type { Quoted } from "./quoted.ts";
import { useReader } from "./reader.tsx";
import { Separators, type SeparatorsProps } from "./separators.tsx";

type Outgoing = ConversationState["outgoing"][number];

interface OutgoingRowProps extends SeparatorsProps {
  readonly message: Outgoing;
  readonly quoted: Quoted | null;
  readonly startsGroup: boolean;
  readonly endsGroup: boolean;
}

export const OutgoingRow = memo(function OutgoingRow(props: OutgoingRowProps) {
  const { message, quoted, startsGroup, endsGroup } = props;
  const { t } = useReader();
  const hasFailed = message.status === "failed";
  // The server has a sent one, and its event comes soon.
  const isPending = message.status === "pending";
  const { body, mentioned } = message;
  const files = useMemo(() => (message.files ?? []).map(attachmentOf), [message.files]);
  const named = useMemo(
    () => (mentioned ? withMentions(body, mentioned) : null),
    [body, mentioned],
  );
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
        className={classes(styles.message, styles.own)}
        aria-label={isPending ? t("label", { name: t("you"), time: t("sending") }) : t("you")}
      >
        <div className={styles.content}>
          <div className={styles.line}>
            <div
              className={classes(
                styles.bubble,
                !hasFailed && styles.pending,
                files.length > 0 && styles.withFiles,
              )}
            >
              {message.replyToId !== null && <Quote quoted={quoted} />}
              <MessageFiles files={files} />
              <MessageBody body={body} named={named}>
                {isPending && <span className={styles.meta}>{t("sending")}</span>}
              </MessageBody>
            </div>
          </div>
          {hasFailed && <Failure message={message} />}
        </div>
      </article>
    </div>
  );
});

function Failure({ message }: { readonly message: Outgoing }) {
  const { t } = useReader();
  const { t: common } = useTranslation("shell");
  return (
    <div className={styles.failure}>
      <p role="alert">{t("notSent", { reason: explainRefusal(message.code, t) })}</p>
      <Button isSmall onClick={() => client.outbox.retry(message.clientMessageId)}>
        {common("tryAgain")}
      </Button>
      <Button isSmall kind="plain" onClick={() => client.outbox.discard(message.clientMessageId)}>
        {t("discard")}
      </Button>
    </div>
  );
}
