// The actions for another person: write to them, and block or unblock them.

import { Button } from "@meetinity/ui/components/button.tsx";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { Ban, MessageCircle } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmAddress } from "../shell/confirm-address.tsx";
import { useMessage } from "../shell/use-message.ts";
import styles from "./person.module.css";
import { type Person, setBlocked } from "./person.ts";

interface PersonActionsProps {
  readonly person: Person;
  readonly onChange: (person: Person) => void;
}

export function PersonActions({ person, onChange }: PersonActionsProps) {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation("shell");
  const { displayName: name, isBlockedByViewer: isBlocked } = person;
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [isUnverified, setUnverified] = useState(false);
  const message = useMessage(person.id, {
    refuse: () => setRefusal(t("cannotMessage", { name })),
    askToConfirm: () => setUnverified(true),
  });
  /** One thing at a time. A refusal stays until the next try. */
  async function act(work: () => Promise<void>): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setRefusal(null);
    setUnverified(false);
    await work().catch((error: unknown) => setRefusal(explain(error, common)));
    setBusy(false);
  }
  const block = (isBlockedByViewer: boolean) =>
    act(async () => {
      await setBlocked(person.id, isBlockedByViewer);
      onChange({ ...person, isBlockedByViewer });
    });
  return (
    <div className={styles.actions}>
      {isBlocked && <p className={styles.hint}>{t("blocked", { name })}</p>}
      <div className={styles.buttons}>
        {!isBlocked && (
          <Button needsNetwork kind="primary" aria-disabled={isBusy} onClick={() => act(message)}>
            <MessageCircle aria-hidden="true" />
            {t("message")}
          </Button>
        )}
        <Button
          needsNetwork
          aria-disabled={isBusy}
          onClick={() => (isBlocked ? block(false) : setAsking(true))}
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
          void block(true);
        }}
        onCancel={() => setAsking(false)}
      />
      {isUnverified && <ConfirmAddress />}
      <div role="alert">{refusal !== null && <p className={styles.refusal}>{refusal}</p>}</div>
    </div>
  );
}
