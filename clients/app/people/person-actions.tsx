// What the viewer can do about another person: write to them, and block or unblock them.
import { useNavigate } from "@tanstack/react-router";
import { Ban, MessageCircle } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";
import { explain } from "../ui/explain.ts";
import { BlockDialog } from "./block-dialog.tsx";
import styles from "./person.module.css";
import { openConversation, type Person } from "./person.ts";

interface PersonActionsProps {
  readonly person: Person;
  readonly setBlocked: (isBlocked: boolean) => Promise<void>;
}

export function PersonActions({ person, setBlocked }: PersonActionsProps) {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation("shell");
  const { displayName: name, isBlockedByViewer: isBlocked } = person;
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const message = useMessage(person, setRefusal);
  /** One thing at a time. A refusal stays until the next try. */
  async function act(work: () => Promise<void>): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setRefusal(null);
    await work().catch((error: unknown) => setRefusal(explain(error, common)));
    setBusy(false);
  }
  return (
    <div className={styles.actions}>
      {isBlocked && <p className={styles.hint}>{t("blocked", { name })}</p>}
      <div className={styles.buttons}>
        {isBlocked ? (
          <Button aria-disabled={isBusy} onClick={() => act(() => setBlocked(false))}>
            {t("unblock")}
          </Button>
        ) : (
          <>
            <Button kind="primary" aria-disabled={isBusy} onClick={() => act(message)}>
              <MessageCircle aria-hidden="true" />
              {t("message")}
            </Button>
            <BlockDialog name={name} onBlock={() => act(() => setBlocked(true))}>
              <Ban aria-hidden="true" />
              {t("block")}
            </BlockDialog>
          </>
        )}
      </div>
      <div role="alert">{refusal !== null && <p className={styles.refusal}>{refusal}</p>}</div>
    </div>
  );
}

/** Opens the conversation of the two, and goes there. */
function useMessage({ id, displayName: name }: Person, refuse: (refusal: string) => void) {
  const { t } = useTranslation("people");
  const navigate = useNavigate();
  return async () => {
    const conversationId = await openConversation(id);
    if (conversationId === null) return refuse(t("cannotMessage", { name }));
    await navigate({ to: "/conversations/$conversationId", params: { conversationId } });
  };
}
