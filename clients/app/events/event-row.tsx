// One event in a list: its title leads to its page.
import { EventCover } from "@meetinity/ui/components/event-cover.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { EventInList } from "./discover/found.ts";
import { readAheadEvent } from "./event.ts";
import styles from "./list.module.css";
import { formatDateParts, formatMoment, formatShortSpan, isElsewhere, zoneName } from "./times.ts";

export function EventRow({ event }: { readonly event: EventInList }) {
  const { t } = useTranslation("events");
  const { id, title, venue, tags, isOnline } = event;
  const seats = useSeats(event);
  const places = [venue, isOnline && t("online")].filter(Boolean).join(" · ");
  const readAhead = () => readAheadEvent(id);
  return (
    <li className={styles.row}>
      <div className={styles.cover}>
        <EventCover id={id} tags={tags} size="thumb" picture={event.coverUrl} />
        <DateBlock event={event} />
      </div>
      <div className={styles.texts}>
        <h3>
          <Link
            to="/events/$eventId"
            params={{ eventId: id }}
            className={styles.whole}
            onPointerEnter={readAhead}
            onFocus={readAhead}
          >
            <span dir="auto">{title}</span>
          </Link>
        </h3>
        <Times event={event} />
        {places !== "" && <p dir="auto">{places}</p>}
        <p className={styles.state}>
          <Standing event={event} />
          <span className={styles.seats}>{seats}</span>
        </p>
        <Tags tags={tags} />
      </div>
    </li>
  );
}

interface PartProps {
  readonly event: EventInList;
}

/** Over the cover, for the eye: the time beside it says the same. */
function DateBlock({ event: { startsAt, timeZone } }: PartProps) {
  const { locale } = useDateReader();
  const { day, month } = formatDateParts(startsAt, locale, timeZone);
  return (
    <span aria-hidden="true" className={styles.date}>
      <span>{day}</span>
      <span>{month}</span>
    </span>
  );
}

/** By the clocks of the event, and by the reader's where they differ. */
function Times({ event: { startsAt, endsAt, timeZone } }: PartProps) {
  const { t } = useTranslation("events");
  const { locale } = useDateReader();
  const isAway = isElsewhere(startsAt, timeZone);
  return (
    <>
      <p>
        <time dateTime={startsAt}>{formatShortSpan(startsAt, endsAt, locale, timeZone)}</time>
        {isAway && ` ${zoneName(startsAt, locale, timeZone, "short")}`}
      </p>
      {isAway && <p>{t("yourTime", { time: formatMoment(startsAt, locale) })}</p>}
    </>
  );
}

const ENDED: readonly string[] = ["CANCELLED", "DECLINED", "EXPIRED"];

function Standing({ event: { viewerRegistration: own } }: PartProps) {
  const { t } = useTranslation("events");
  if (!own || ENDED.includes(own.status)) return null;
  return <span className={styles.standing}>{t(`status.${own.status}`)}</span>;
}

const TAGS_SHOWN = 3;

function Tags({ tags }: { readonly tags: readonly string[] }) {
  if (tags.length === 0) return null;
  const more = tags.length - TAGS_SHOWN;
  return (
    <p className={styles.tags}>
      {tags.slice(0, TAGS_SHOWN).map((tag) => (
        <span key={tag} dir="auto">
          {tag}
        </span>
      ))}
      {more > 0 && <span>+{more}</span>}
    </p>
  );
}

type Seats = Pick<EventInList, "seatsLeft" | "waitlistLength">;

/** How many seats are left, or how many wait. */
export function useSeats({ seatsLeft, waitlistLength }: Seats): string {
  const { t } = useTranslation("events");
  if (waitlistLength > 0) return t("waitlist", { count: waitlistLength });
  return seatsLeft > 0 ? t("seats", { count: seatsLeft }) : t("full");
}
