// The actions for another person: write to them, and block or unblock them.

import { Button } from "@meetinity/ui/components/button.tsx";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { useNavigate } from "@tanstack/react-router";
import { Ban, MessageCircle } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmAddress } from "../shell/confirm-address.tsx";
import styles from "./person.module.css";
import { openConversation, type Person, useSetBlocked } from "./person.ts";

export function PersonActions({ person }: { readonly person: Person }) {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation("shell");
  const { displayName: name, isBlockedByViewer: isBlocked } = person;
  const setBlocked = useSetBlocked(person.id);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [isUnverified, setUnverified] = useState(false);
  const message = useMessage(person, setRefusal, () => setUnverified(true));
  /** One thing at a time. A refusal stays until the next try. */
  async function act(work: () => Promise<void>): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setRefusal(null);
    setUnverified(false);
    await work().catch((error: unknown) => setRefusal(explain(error, common)));
    setBusy(false);
  }
  return (
    <div className={styles.actions}>
      {isBlocked && <p className={styles.hint}>{t("blocked", { name })}</p>}
      <div className={styles.buttons}>
        {!isBlocked && (
          <Button kind="primary" aria-disabled={isBusy} onClick={() => act(message)}>
            <MessageCircle aria-hidden="true" />
            {t("message")}
          </Button>
        )}
        <Button
          aria-disabled={isBusy}
          onClick={() => (isBlocked ? act(() => setBlocked(false)) : setAsking(true))}
        >
          {!isBlocked && <Ban aria-hidden="true" />}
          {t(isBlocked ? "unblock" : "block")}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        title={t("blockTitle", { name })}
        text={t("blockEffect", { name })}
        confirm={t("block")}
        onConfirm={() => {
          setAsking(false);
          void act(() => setBlocked(true));
        }}
        onCancel={() => setAsking(false)}
      />
      {isUnverified && <ConfirmAddress />}
      <div role="alert">{refusal !== null && <p className={styles.refusal}>{refusal}</p>}</div>
    </div>
  );
}

/** Opens the conversation of the two, and goes there. */
function useMessage(
  { id, displayName: name }: Person,
  refuse: (refusal: string) => void,
  askToConfirm: () => void,
) {
  const { t } = useTranslation("people");
  const navigate = useNavigate();
  return async () => {
    const opened = await openConversation(id);
    if (opened.id === null) {
      return opened.why === "notVerified" ? askToConfirm() : refuse(t("cannotMessage", { name }));
    }
    const { id: conversationId } = opened;
    await navigate({ to: "/conversations/$conversationId", params: { conversationId } });
  };
}
