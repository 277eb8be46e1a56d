// A count that asks to be looked at, such as that of unread messages.
import { classes } from "./classes.ts";
import styles from "./count-badge.module.css";

interface CountBadgeProps {
  readonly count: number;
  /** The things that are counted, with the count, for people who do not see the badge. */
  readonly label: string;
  /** Upon an icon. */
  readonly isSmall?: boolean;
  /** One of them mentions the reader. The count may be 0 then. */
  readonly hasMention?: boolean;
  readonly className?: string | undefined;
}

const SHOWN_MAX = 99;

export function CountBadge(props: CountBadgeProps) {
  const { count, label, isSmall = false, hasMention = false, className } = props;
  const shown = count > SHOWN_MAX ? `${SHOWN_MAX}+` : count;
  return (
    <span className={classes(styles.badge, isSmall && styles.small, className)}>
      <span aria-hidden="true">
        {hasMention && "@"}
        {(count > 0 || !hasMention) && shown}
      </span>
      <span className="hidden-visually">{label}</span>
    </span>
  );
}
