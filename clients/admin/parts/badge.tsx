// A word about the state of a thing.
import { classes } from "@meetinity/ui/components/classes.ts";
import type { ReactNode } from "react";
import styles from "./badge.module.css";

type Tone = "good" | "waiting" | "bad" | "quiet";

export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={classes(styles.badge, styles[tone])}>{children}</span>;
}
