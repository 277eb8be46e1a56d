// The frame of one section of a page of settings.
import { classes } from "@meetinity/ui/components/classes.ts";
import card from "@meetinity/ui/look/card.module.css";
import type { ReactNode } from "react";
import { useId } from "react";
import styles from "./settings.module.css";

interface SectionProps {
  /** Missing where the section is the whole page. */
  readonly title?: string;
  /** One or two sentences on what it is for. */
  readonly hint?: string;
  readonly children: ReactNode;
}

export function Section({ title, hint, children }: SectionProps) {
  const id = useId();
  return (
    <section
      className={classes(card.card, styles.section)}
      aria-labelledby={title === undefined ? undefined : id}
    >
      {title !== undefined && <h2 id={id}>{title}</h2>}
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      {children}
    </section>
  );
}
