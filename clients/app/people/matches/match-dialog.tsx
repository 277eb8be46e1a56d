// Celebrates a match that the viewer's answer has made, and leads to the conversation.
import { Dialog } from "@base-ui/react/dialog";
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { Button, buttonClass } from "@meetinity/ui/components/button.tsx";
import { classes } from "@meetinity/ui/components/classes.ts";
import { explain } from "@meetinity/ui/components/explain.ts";
import popup from "@meetinity/ui/components/popup.module.css";
import { MessageCircle } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMessage } from "../../shell/use-message.ts";
import styles from "./matches.module.css";

interface MatchDialogProps {
  readonly person: {
    readonly id: string;
    readonly displayName: string;
    readonly avatarUrl: string | null;
  };
  readonly onClose: () => void;
}

const SPARKS = Array.from({ length: 12 }, (_, at) => `spark ${at}`);

export function MatchDialog({ person, onClose }: MatchDialogProps) {
  const { t } = useTranslation("matches");
  const { id, displayName: name, avatarUrl } = person;
  return (
    <Dialog.Root open onOpenChange={(isOpen) => isOpen || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={popup.backdrop} />
        <Dialog.Popup className={classes(popup.dialog, styles.celebration)}>
          <div className={styles.picture}>
            {SPARKS.map((spark) => (
              <i key={spark} aria-hidden="true" />
            ))}
            <Avatar id={id} name={name} size="large" picture={avatarUrl} />
          </div>
          <div className={styles.words}>
            <Dialog.Title>{t("itsAMatch")}</Dialog.Title>
            <Dialog.Description>{t("both", { name })}</Dialog.Description>
          </div>
          <Ways person={person} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Ways({ person: { id, displayName: name } }: Pick<MatchDialogProps, "person">) {
  const { t } = useTranslation("matches");
  const { t: common } = useTranslation("shell");
  const [refusal, setRefusal] = useState("");
  const [isBusy, setBusy] = useState(false);
  const refuse = () => setRefusal(t("cannotMessage", { name }));
  const message = useMessage(id, { refuse, askToConfirm: refuse });
  async function write(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setRefusal("");
    await message().catch((error: unknown) => setRefusal(explain(error, common)));
    setBusy(false);
  }
  return (
    <div className={styles.ways}>
      <div role="alert">{refusal !== "" && <p className={styles.refusal}>{refusal}</p>}</div>
      <Button needsNetwork kind="primary" aria-disabled={isBusy} onClick={() => void write()}>
        <MessageCircle aria-hidden="true" size={18} />
        {t("writeTo", { name })}
      </Button>
      <Dialog.Close className={buttonClass({})}>{t("goOn")}</Dialog.Close>
    </div>
  );
}
