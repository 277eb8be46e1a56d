// The rows of the list of events.
import { EventCover } from "@meetinity/ui/components/event-cover.tsx";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import styles from "../../parts/page.module.css";
import { useViewer } from "../../shell/viewer.ts";
import { EventTime } from "../event-time.tsx";
import { Seats } from "../seats.tsx";
import type { ManagedEvent } from "./managed-events.ts";

interface EventTableProps {
  readonly events: readonly ManagedEvent[];
  /** For people who do not see the tabs above. */
  readonly caption: string;
}

export function EventTable({ events, caption }: EventTableProps) {
  const { t } = useTranslation("events");
  const { isAdmin } = useViewer();
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <caption className="hidden-visually">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t("columns.event")}</th>
            <th scope="col">{t("columns.when")}</th>
            <th scope="col">{t("columns.seats")}</th>
            <th scope="col" className={styles.end}>
              {t("columns.waitlist")}
            </th>
            {isAdmin && <th scope="col">{t("columns.organizer")}</th>}
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <EventRow key={event.id} event={event} isAdmin={isAdmin} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface EventRowProps {
  readonly event: ManagedEvent;
  readonly isAdmin: boolean;
}

function EventRow({ event, isAdmin }: EventRowProps) {
  const { t } = useTranslation("events");
  return (
    <tr>
      <td>
        <span className={styles.with}>
          <EventCover id={event.id} tags={event.tags} size="small" picture={event.coverUrl} />
          <span className={styles.stack}>
            <Link
              dir="auto"
              to="/events/$eventId"
              params={{ eventId: event.id }}
              className={styles.strong}
            >
              {event.title}
            </Link>
            {event.venue && (
              <span dir="auto" className={styles.soft}>
                {event.venue}
              </span>
            )}
          </span>
        </span>
      </td>
      <td>
        <EventTime startsAt={event.startsAt} timeZone={event.timeZone} />
      </td>
      <td>
        <Seats taken={event.seatsTaken} capacity={event.capacity} />
      </td>
      <td className={`${styles.end} ${styles.number}`} data-label={t("columns.waitlist")}>
        {event.waitlistLength}
      </td>
      {isAdmin && (
        <td dir="auto" className={styles.soft}>
          {event.organizer?.displayName ?? t("noOrganizer")}
        </td>
      )}
    </tr>
  );
}
