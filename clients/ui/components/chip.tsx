// A choice that is on or off, as a pill: filters, topics. One that is on says how to take it off.
import { X } from "lucide-react";
import type { ComponentProps } from "react";
import styles from "./chip.module.css";
import { classes } from "./classes.ts";

interface ChipProps extends ComponentProps<"button"> {
  readonly isOn: boolean;
  /** How many things it stands for. */
  readonly count?: number | undefined;
}

export function Chip({ isOn, count, className, children, ...rest }: ChipProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-pressed={isOn}
      className={classes(styles.chip, isOn && styles.on, className)}
    >
      <span dir="auto" className={styles.text}>
        {children}
      </span>
      {count !== undefined && <span className={styles.count}>{count}</span>}
      {isOn && <X aria-hidden="true" />}
    </button>
  );
}
