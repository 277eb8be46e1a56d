// The message to which another one replies. A click shows it in its place.
import { lineOf } from "../attachments/describe.ts";
import { nameOf } from "../conversation/names.ts";
import styles from "./quote.module.css";
import type { Quoted } from "./quoted.ts";
import { useReader } from "./reader.tsx";

interface QuoteProps {
  /** Null: it is not known, or not for this reader. */
  readonly quoted: Quoted | null;
  readonly isReachable?: boolean;
}

export function Quote({ quoted, isReachable = true }: QuoteProps) {
  const { t, viewerId, actions } = useReader();
  if (!quoted) return <p className={styles.missing}>{t("quoteUnavailable")}</p>;
  const { seq, sender } = quoted;
  const name = sender !== null && sender.id === viewerId ? t("you") : nameOf(sender, t);
  return (
    <button
      type="button"
      className={styles.quote}
      tabIndex={isReachable ? 0 : -1}
      onClick={() => actions.jumpTo(seq)}
    >
      <span className="hidden-visually">{t("inReplyTo")}</span>
      <span className={styles.name} dir="auto">
        {name}
      </span>
      <span className={styles.body} dir="auto" data-deleted={quoted.body === null || undefined}>
        {lineOf(quoted, t) ?? t("deleted")}
      </span>
    </button>
  );
}
