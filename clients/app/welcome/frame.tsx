// The frame of one step: how far the person is, what it is about, and the ways on and back.
import { useTitle } from "@meetinity/ui/shell/title.ts";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./frame.module.css";
import { isQuestion, QUESTIONS, STEPS, type Step } from "./steps.ts";

interface FrameProps {
  readonly step: Step;
  readonly children: ReactNode;
}

export function Frame({ step, children }: FrameProps) {
  const { t } = useTranslation("welcome");
  const title = t(`titles.${step}`);
  useTitle(title);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Progress step={step} />
        <h1>{title}</h1>
        <p className={styles.lead}>{t(`leads.${step}`)}</p>
      </header>
      {children}
    </div>
  );
}

function Progress({ step }: { readonly step: Step }) {
  const { t } = useTranslation("welcome");
  const at = STEPS.indexOf(step) + 1;
  const text = isQuestion(step)
    ? t("progress", { at, of: QUESTIONS.length })
    : t(step === "event" ? "firstEvent" : "firstPerson");
  return (
    <>
      <div className={styles.bar} aria-hidden="true">
        {STEPS.map((each, index) => (
          <span key={each} data-done={index < at || undefined} />
        ))}
      </div>
      <p className={styles.progress}>{text}</p>
    </>
  );
}

/** The buttons at the end of a step. */
export function Ways({ children }: { readonly children: ReactNode }) {
  return <div className={styles.ways}>{children}</div>;
}
