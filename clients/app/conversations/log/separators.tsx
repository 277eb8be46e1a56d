// The lines between messages: the beginning, a new day, and where the unread messages begin.

import { HappeningLines } from "./happening-lines.tsx";
import type { Happening } from "./happenings.ts";
import { useReader } from "./reader.tsx";
import styles from "./separators.module.css";

export interface SeparatorsProps {
  /** Happenings before the message. */
  readonly happenings: readonly Happening[];
  /** Above the first message: the beginning, or that earlier ones are on their way. */
  readonly above: "beginning" | "loading" | null;
  /** The name of the day that begins here. */
  readonly day: string | null;
  readonly isUnreadMark: boolean;
}

export function Separators({ above, happenings, day, isUnreadMark }: SeparatorsProps) {
  const { t } = useReader();
  return (
    <>
      {above === "beginning" && <p className={styles.above}>{t("beginning")}</p>}
      {above === "loading" && <p className={styles.above}>{t("loadingMessages")}</p>}
      <HappeningLines happenings={happenings} />
      {day !== null && <Separator className={styles.day} text={day} />}
      {isUnreadMark && <Separator className={styles.unread} text={t("newMessages")} />}
    </>
  );
}

interface SeparatorProps {
  readonly className: string | undefined;
  readonly text: string;
}

function Separator({ className, text }: SeparatorProps) {
  return (
    <div className={className}>
      <hr aria-label={text} />
      <span aria-hidden="true">{text}</span>
    </div>
  );
}
