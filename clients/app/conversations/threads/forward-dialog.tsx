// Asks to which conversation a message shall be forwarded, and sends it there.
import { Dialog } from "@base-ui/react/dialog";
import type { Message } from "@meetinity/client";
import { ForwardMessage } from "@meetinity/client/operations";
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { DialogHeading } from "@meetinity/ui/components/dialog-heading.tsx";
import { say } from "@meetinity/ui/components/notices.ts";
import popup from "@meetinity/ui/components/popup.module.css";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { folded } from "../composer/mentioning.ts";
import { otherOf, titleOf } from "../conversation/names.ts";
import { useAttempt } from "../conversation/use-attempt.ts";
import { useReader } from "../log/reader.tsx";
import styles from "./thread.module.css";
import { type Choice, useArchived } from "./use-archived.ts";
import { useWholeList } from "./use-whole-list.ts";

export interface Forwarding {
  /** Null: nothing is asked. */
  readonly message: Message | null;
  readonly close: () => void;
}

export function ForwardDialog({ forwarding: { message, close } }: { forwarding: Forwarding }) {
  const { t } = useTranslation("threads");
  return (
    <Dialog.Root open={message !== null} onOpenChange={(isOpen) => isOpen || close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={popup.backdrop} />
        <Dialog.Popup className={popup.dialog}>
          <DialogHeading title={t("forward.title")} />
          <div className={popup.body}>{message && <Targets {...{ message, close }} />}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface TargetsProps {
  readonly message: Message;
  readonly close: () => void;
}

function Targets({ message, close }: TargetsProps) {
  const { t } = useTranslation("threads");
  const { t: names, viewerId } = useReader();
  const attempt = useAttempt();
  const [search, setSearch] = useState("");
  const [clientMessageId] = useState(() => crypto.randomUUID());
  const [isSending, setSending] = useState(false);
  const { choices, isReading } = useChoices(search.trim() !== "");
  const found = choices.filter((row) =>
    folded(titleOf(row, viewerId, names)).includes(folded(search.trim())),
  );
  async function forward(row: Choice): Promise<void> {
    const input = { messageId: message.id, conversationId: row.id };
    setSending(true);
    // Another conversation is another message.
    const key = `${clientMessageId}.${row.id}`;
    const isDone = await attempt(async () => {
      const variables = { input: { ...input, clientMessageId: key } };
      const options = { isSafeToRepeat: true };
      return (await client.run(ForwardMessage, variables, options)).forwardMessage;
    });
    setSending(false);
    if (!isDone) return;
    say(t("forward.done", { name: titleOf(row, viewerId, names) }));
    close();
  }
  return (
    <>
      <input
        type="search"
        className={styles.search}
        aria-label={t("forward.search")}
        placeholder={t("forward.search")}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {found.length === 0 && !isReading && <p className={styles.note}>{t("forward.none")}</p>}
      <ul className={styles.choices}>
        {found.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className={styles.choice}
              disabled={isSending}
              onClick={() => void forward(row)}
            >
              <Avatar
                id={otherOf(row, viewerId)?.id ?? row.id}
                name={titleOf(row, viewerId, names)}
                kind={row.kind === "GROUP" ? "group" : "person"}
                size="small"
                picture={row.pictureUrl ?? otherOf(row, viewerId)?.avatarUrl}
              />
              <span dir="auto">{titleOf(row, viewerId, names)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** All conversations while one is searched for, the archive last. */
function useChoices(isSearch: boolean) {
  const listed = useWholeList(isSearch);
  const archived = useArchived(isSearch);
  // A message may bring one out of the archive meanwhile.
  const others = archived.rows.filter(({ id }) => listed.rows.every((row) => row.id !== id));
  const choices: readonly Choice[] = isSearch ? [...listed.rows, ...others] : listed.rows;
  return { choices, isReading: listed.isReading || archived.isReading };
}
