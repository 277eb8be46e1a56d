// One event in a list: its title leads to its page.
import { EventCover } from "@meetinity/ui/components/event-cover.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { EventInList } from "./discover/found.ts";
import styles from "./list.module.css";
import { formatSpan } from "./times.ts";

export function EventRow({ event }: { readonly event: EventInList }) {
  const { locale } = useDateReader();
  const { id, title, venue, startsAt, endsAt, timeZone, tags } = event;
  const seats = useSeats(event);
  return (
    <li>
      <Link to="/events/$eventId" params={{ eventId: id }} className={styles.row}>
        <EventCover id={id} tags={tags} size="thumb" />
        <div className={styles.texts}>
          <h2 dir="auto">{title}</h2>
          <p>
            <time dateTime={startsAt}>{formatSpan(startsAt, endsAt, locale, timeZone)}</time>
          </p>
          {venue && <p dir="auto">{venue}</p>}
          <p className={styles.seats}>{seats}</p>
        </div>
      </Link>
    </li>
  );
}

type Seats = Pick<EventInList, "seatsLeft" | "waitlistLength">;

/** How many seats are left, or how many wait. */
export function useSeats({ seatsLeft, waitlistLength }: Seats): string {
  const { t } = useTranslation("events");
  if (waitlistLength > 0) return t("waitlist", { count: waitlistLength });
  return seatsLeft > 0 ? t("seats", { count: seatsLeft }) : t("full");
}
