// A moment at the reader's own clock.
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { formatFull, formatMoment } from "@meetinity/ui/i18n/dates.ts";
import styles from "./page.module.css";

export function Moment({ at }: { readonly at: string }) {
  const reader = useDateReader();
  return (
    <time dateTime={at} title={formatFull(at, reader)} className={styles.number}>
      {formatMoment(at, reader)}
    </time>
  );
}
