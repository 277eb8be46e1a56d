// Lines in the log that say who did what, such as who joined and what was pinned.
import { formatFull } from "@meetinity/ui/i18n/dates.ts";
import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { describeHappening } from "./describe-happening.ts";
import type { Happening } from "./happenings.ts";
import { useReader } from "./reader.tsx";
import styles from "./separators.module.css";

export function HappeningLines({ happenings }: { readonly happenings: readonly Happening[] }) {
  const { t, viewerId, dates } = useReader();
  const { i18n } = useTranslation();
  return happenings.map((happening) => {
    const { seq, createdAt, omittedBefore: count = 0 } = happening;
    return (
      <Fragment key={seq}>
        {count > 0 && <p className={styles.happening}>{t("changes.omitted", { count })}</p>}
        <p className={styles.happening} dir="auto" title={formatFull(createdAt, dates)}>
          <Line happening={happening}>
            {describeHappening(happening, { t, viewerId, language: i18n.language })}
          </Line>
        </p>
      </Fragment>
    );
  });
}

interface LineProps {
  readonly happening: Happening;
  readonly children: ReactNode;
}

/** A line about a pin leads to its message. */
function Line({ happening, children }: LineProps) {
  const { actions } = useReader();
  const id = happening.__typename === "PinHappening" ? happening.messageId : null;
  if (id === null) return children;
  return (
    <button type="button" className={styles.jump} onClick={() => actions.jumpToMessage(id)}>
      {children}
    </button>
  );
}
