// The earlier texts of a message.
import { Dialog } from "@base-ui/react/dialog";
import type { Message } from "@meetinity/client";
import { MessageEdits, type MessageEditsQuery } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { DialogHeading } from "@meetinity/ui/components/dialog-heading.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import popup from "@meetinity/ui/components/popup.module.css";
import { formatMoment } from "@meetinity/ui/i18n/dates.ts";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { useReader } from "../log/reader.tsx";
import styles from "./thread.module.css";

export interface Looking {
  /** Null: nothing is shown. */
  readonly at: Message | null;
  readonly close: () => void;
}

export function EditsDialog({ looking: { at, close } }: { readonly looking: Looking }) {
  const { t } = useTranslation("threads");
  return (
    <Dialog.Root open={at !== null} onOpenChange={(isOpen) => isOpen || close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={popup.backdrop} />
        <Dialog.Popup className={popup.dialog}>
          <DialogHeading title={t("edits.title")} />
          <div className={popup.body}>{at && <Texts messageId={at.id} />}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type Edited = NonNullable<MessageEditsQuery["message"]>;
type Edits = NonNullable<Edited["edits"]>;

function Texts({ messageId: id }: { readonly messageId: string }) {
  const { t } = useTranslation("threads");
  const { t: common } = useTranslation("shell");
  const { dates } = useReader();
  const { message, edges, next, failure, read } = useEdits(id);
  if (failure !== null) return <p role="alert">{explain(failure, common)}</p>;
  if (message === undefined) return <p role="status">{common("loading")}</p>;
  if (!message?.edits) return <p>{t("edits.none")}</p>;
  return (
    <>
      <p className={styles.when}>{t("edits.now")}</p>
      <p className={styles.text} dir="auto">
        {message.body}
      </p>
      {edges.map(({ cursor, node }) => (
        <section key={cursor}>
          <p className={styles.when}>
            {t("edits.until", { time: formatMoment(node.replacedAt, dates) })}
          </p>
          <p className={styles.text} dir="auto">
            {node.body}
          </p>
        </section>
      ))}
      {next !== null && (
        <Button isSmall onClick={() => read(next)}>
          {t("edits.more")}
        </Button>
      )}
    </>
  );
}

/** The texts that were read so far; `next` is where the others begin. */
function useEdits(id: string) {
  const [message, setMessage] = useState<Edited | null | undefined>(undefined);
  const [edges, setEdges] = useState<Edits["edges"]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [after, read] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    client.run(MessageEdits, { id, first: 20, after }).then(
      (data) => {
        if (!isCurrent) return;
        const page = data.message?.edits;
        setMessage(data.message);
        setEdges((known) => (after === null ? [] : known).concat(page?.edges ?? []));
        setNext((page?.pageInfo.hasNextPage && page.pageInfo.endCursor) || null);
      },
      (error: unknown) => isCurrent && setFailure(error),
    );
    return () => {
      isCurrent = false;
    };
  }, [id, after]);
  return { message, edges, next, failure, read };
}
