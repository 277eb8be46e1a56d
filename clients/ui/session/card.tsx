// The frame of the pages for people who are not signed in.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { SubmissionForm } from "../components/form.tsx";
import type { Submission } from "../components/submission.ts";
import { useTitle } from "../shell/title.ts";
import styles from "./card.module.css";

interface CardFrameProps {
  readonly title: string;
  /** Below the title. Default: what Meetinity is for. */
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
  /** The way to other pages. */
  readonly other: ReactNode;
}

interface CardProps extends CardFrameProps {
  readonly submit: string;
  readonly submission: Submission;
  /** The fields. Their names are those of the mutation's input. */
  readonly children: ReactNode;
}

export function Card({ submit, submission, children, ...frame }: CardProps) {
  const { isBusy } = submission.state;
  return (
    <CardFrame {...frame}>
      <SubmissionForm submission={submission}>
        {children}
        <Button kind="primary" type="submit" aria-disabled={isBusy}>
          {submit}
        </Button>
      </SubmissionForm>
    </CardFrame>
  );
}

/** The frame without the form. */
export function CardFrame({ title, lead, children, other }: CardFrameProps) {
  const { t } = useTranslation("session");
  useTitle(title);
  return (
    <div className={styles.page}>
      <div className={styles.card}>
        <div className={styles.intro}>
          <h1>{title}</h1>
          <p className={styles.tagline}>{lead ?? t("tagline")}</p>
        </div>
        {children}
        {other !== null && <p className={styles.other}>{other}</p>}
      </div>
    </div>
  );
}
