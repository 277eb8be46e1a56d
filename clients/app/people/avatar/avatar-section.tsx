// The viewer's picture on their profile: the way to change and to remove it, and what becomes of
// one that was sent.
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { Button } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { Question } from "@meetinity/ui/components/question.tsx";
import { useOnDemand } from "@meetinity/ui/shell/on-demand.ts";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./avatar.module.css";
import type { AvatarDialogProps } from "./avatar-dialog.tsx";
import { type Looking, useLooking } from "./looking.ts";
import { removeAvatar } from "./sending.ts";

interface AvatarSectionProps {
  readonly id: string;
  readonly name: string;
  readonly avatarUrl: string | null;
  readonly onChange: (avatarUrl: string | null) => void;
}

const load = () => import("./avatar-dialog.tsx").then(({ AvatarDialog }) => AvatarDialog);

export function AvatarSection({ id, name, avatarUrl, onChange }: AvatarSectionProps) {
  const { t } = useTranslation("avatar");
  const title = useId();
  const [isOpen, setOpen] = useState(false);
  const Dialog = useOnDemand<AvatarDialogProps>(load, isOpen, () => setOpen(false));
  const { looking, look, forget } = useLooking((url) => {
    onChange(url);
    say(t("shown"));
  });
  const hasPicture = avatarUrl !== null;
  return (
    <section className={styles.section} aria-labelledby={title}>
      <Avatar id={id} name={name} size="large" picture={avatarUrl} />
      <div className={styles.words}>
        <h2 id={title}>{t("picture")}</h2>
        <State looking={looking} />
        <div className={styles.buttons}>
          <Button needsNetwork isSmall onClick={() => setOpen(true)}>
            {t(hasPicture ? "change" : "add")}
          </Button>
          {hasPicture && <Remove onRemoved={() => [forget(), onChange(null)]} />}
        </div>
      </div>
      {Dialog && isOpen && <Dialog onClose={() => setOpen(false)} onSent={look} />}
    </section>
  );
}

function State({ looking }: { readonly looking: Looking }) {
  const { t } = useTranslation("avatar");
  if (looking.status === "refused") {
    const { refusal } = looking;
    return (
      <p role="alert" className={styles.refusal}>
        {t("refused")} {refusal && t(`refusals.${refusal}`)}
      </p>
    );
  }
  return (
    <p role="status" className={styles.hint}>
      {t(looking.status === "none" ? "hint" : looking.status)}
    </p>
  );
}

function Remove({ onRemoved }: { readonly onRemoved: () => void }) {
  const { t } = useTranslation("avatar");
  const { t: common } = useTranslation("shell");
  const [isAsking, setAsking] = useState(false);
  async function remove(): Promise<void> {
    setAsking(false);
    try {
      await removeAvatar();
      onRemoved();
      say(t("removed"));
    } catch (error) {
      sayFailure(explain(error, common));
    }
  }
  return (
    <>
      <Button needsNetwork isSmall kind="plain" onClick={() => setAsking(true)}>
        {t("remove")}
      </Button>
      <Question
        isOpen={isAsking}
        title={t("removeTitle")}
        text={t("removeText")}
        confirm={t("remove")}
        onConfirm={() => void remove()}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
