// A picture that can be changed, with the way to change and to remove it, and what becomes of one
// that was sent.
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { explain } from "../components/explain.ts";
import { say, sayFailure } from "../components/notices.ts";
import { Question } from "../components/question.tsx";
import { useOnDemand } from "../shell/on-demand.ts";
import { type Looking, useLooking } from "./looking.ts";
import styles from "./picture.module.css";
import type { PictureUse, PictureWords } from "./picture.ts";
import type { PictureDialogProps } from "./picture-dialog.tsx";

interface PictureSectionProps {
  readonly use: PictureUse;
  readonly words: PictureWords;
  readonly hasPicture: boolean;
  readonly onChange: (url: string | null) => void;
  /** The picture, or what is shown in its place. */
  readonly children: ReactNode;
}

const load = () => import("./picture-dialog.tsx").then(({ PictureDialog }) => PictureDialog);

export function PictureSection(props: PictureSectionProps) {
  const { use, words, hasPicture, onChange, children } = props;
  const heading = useId();
  const [isOpen, setOpen] = useState(false);
  const Dialog = useOnDemand<PictureDialogProps>(load, isOpen, () => setOpen(false));
  const { looking, look, forget } = useLooking(use, (url) => {
    onChange(url);
    say(words.shown);
  });
  const close = () => setOpen(false);
  return (
    <section className={styles.section} aria-labelledby={heading}>
      {children}
      <div className={styles.words}>
        <h2 id={heading}>{words.heading}</h2>
        <State looking={looking} hint={words.hint} />
        <div className={styles.buttons}>
          <Button needsNetwork isSmall onClick={() => setOpen(true)}>
            {hasPicture ? words.change : words.add}
          </Button>
          {hasPicture && (
            <Remove use={use} words={words} onRemoved={() => [forget(), onChange(null)]} />
          )}
        </div>
      </div>
      {Dialog && isOpen && <Dialog use={use} title={words.title} onClose={close} onSent={look} />}
    </section>
  );
}

function State({ looking, hint }: { readonly looking: Looking; readonly hint: string }) {
  const { t } = useTranslation("picture");
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
      {looking.status === "none" ? hint : t(looking.status === "late" ? "late" : "looking")}
    </p>
  );
}

interface RemoveProps extends Pick<PictureSectionProps, "use" | "words"> {
  readonly onRemoved: () => void;
}

function Remove({ use, words, onRemoved }: RemoveProps) {
  const { t: common } = useTranslation("shell");
  const [isAsking, setAsking] = useState(false);
  async function remove(): Promise<void> {
    setAsking(false);
    try {
      await use.remove();
      onRemoved();
      say(words.removed);
    } catch (error) {
      sayFailure(explain(error, common));
    }
  }
  return (
    <>
      <Button needsNetwork isSmall kind="plain" onClick={() => setAsking(true)}>
        {words.remove}
      </Button>
      <Question
        isOpen={isAsking}
        title={words.removeTitle}
        text={words.removeText}
        confirm={words.remove}
        onConfirm={() => void remove()}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
