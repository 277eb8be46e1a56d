// When an event is, in the time of its place. Where that is not the reader's own, the zone is
// named.
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { formatMoment } from "@meetinity/ui/i18n/dates.ts";
import styles from "../parts/page.module.css";

interface EventTimeProps {
  readonly startsAt: string;
  readonly timeZone: string;
}

export function EventTime({ startsAt, timeZone }: EventTimeProps) {
  const reader = useDateReader();
  const isOwn = timeZone === Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <span className={styles.stack}>
      <time dateTime={startsAt} className={styles.number}>
        {formatMoment(startsAt, { ...reader, timeZone })}
      </time>
      {!isOwn && <span className={styles.soft}>{timeZone.replaceAll("_", " ")}</span>}
    </span>
  );
}
