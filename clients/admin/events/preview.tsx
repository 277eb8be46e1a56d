// An event as people who do not manage it see it.
import { classes } from "@meetinity/ui/components/classes.ts";
import { EventCover } from "@meetinity/ui/components/event-cover.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { formatFull, formatTime } from "@meetinity/ui/i18n/dates.ts";
import { CalendarDays, MapPin, Ticket } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import styles from "./preview.module.css";

export interface ShownEvent {
  readonly title: string;
  readonly description: string;
  readonly venue: string;
  /** Null while it is no time. */
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly timeZone: string;
  /** Null while it is no number. */
  readonly seatsLeft: number | null;
  readonly hasWaitlist: boolean;
  readonly tags: readonly string[];
  /** Of an event that is there. */
  readonly cover?: { readonly id: string; readonly coverUrl: string | null };
}

export function Preview({ event }: { readonly event: ShownEvent }) {
  const { t } = useTranslation("events");
  const id = useId();
  const { title, description, venue, seatsLeft, hasWaitlist, tags, cover } = event;
  return (
    <aside className={styles.frame} aria-labelledby={id}>
      <p id={id} className={styles.label}>
        {t("preview")}
      </p>
      <article className={classes(styles.event, !cover && styles.plain)}>
        {cover && (
          <div className={styles.cover}>
            <EventCover id={cover.id} tags={tags} size="card" picture={cover.coverUrl} />
          </div>
        )}
        <h2>{title.trim() || t("untitled")}</h2>
        <ul className={styles.facts}>
          <li>
            <CalendarDays aria-hidden="true" />
            <When event={event} />
          </li>
          <li>
            <MapPin aria-hidden="true" />
            {venue.trim() || t("noVenue")}
          </li>
          {seatsLeft !== null && (
            <li>
              <Ticket aria-hidden="true" />
              <span>
                {t("seatsLeft", { count: seatsLeft })}
                {seatsLeft === 0 && hasWaitlist && ` · ${t("waitlistOpen")}`}
              </span>
            </li>
          )}
        </ul>
        {description.trim() !== "" && (
          <p dir="auto" className={styles.description}>
            {description}
          </p>
        )}
        {tags.length > 0 && (
          <ul className={styles.tags} aria-label={t("tags")}>
            {tags.map((tag) => (
              <li key={tag}>{tag}</li>
            ))}
          </ul>
        )}
      </article>
    </aside>
  );
}

/** In the time of the place, with its zone. */
function When({ event: { startsAt, endsAt, timeZone } }: { readonly event: ShownEvent }) {
  const { t } = useTranslation("events");
  const reader = { ...useDateReader(), timeZone };
  if (startsAt === null) return <span>{t("noTime")}</span>;
  const isSameDay = endsAt !== null && formatDate(startsAt, reader) === formatDate(endsAt, reader);
  const end = endsAt && (isSameDay ? formatTime(endsAt, reader) : formatFull(endsAt, reader));
  return (
    <span>
      <time dateTime={startsAt}>{formatFull(startsAt, reader)}</time>
      {end && ` – ${end}`}
      <span className={styles.zone}>{timeZone.replaceAll("_", " ")}</span>
    </span>
  );
}

function formatDate(
  at: string,
  { locale, timeZone }: { locale: string; timeZone: string },
): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "short", timeZone }).format(new Date(at));
}
