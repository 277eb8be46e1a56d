// A word about the state of a thing.
import type { ReactNode } from "react";
import styles from "./badge.module.css";
import { classes } from "./classes.ts";

/** `own`: a role, or a thing of the reader. The others judge. */
export type BadgeTone = "good" | "waiting" | "bad" | "quiet" | "own";

interface BadgeProps {
  readonly tone: BadgeTone;
  readonly children: ReactNode;
}

export function Badge({ tone, children }: BadgeProps) {
  return <span className={classes(styles.badge, styles[tone])}>{children}</span>;
}
