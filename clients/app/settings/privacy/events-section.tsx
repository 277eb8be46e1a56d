// Whether the other guests of coming events see the viewer in the list.
import { MyRegistrations } from "@meetinity/client/operations";
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { formatMoment } from "../../events/times.ts";
import { useRead } from "../../shell/use-read.ts";
import { Section } from "../section.tsx";
import { HideBox } from "./hide-box.tsx";
import styles from "./privacy.module.css";
import { type ComingRegistration, comingOf } from "./registrations.ts";

/** The newest: nobody is registered for more events that are coming. */
const FIRST = 50;

export function EventsSection() {
  const { t } = useTranslation("privacy");
  const { t: shell } = useTranslation("shell");
  const { data, error, refresh, retry } = useRead(MyRegistrations, { first: FIRST });
  const coming = data && comingOf(data, new Date());
  return (
    <Section title={t("events")} hint={t("eventsHint")}>
      {!coming && (error ? <Failed error={error} onRetry={retry} /> : <Loading rows={2} />)}
      {coming?.length === 0 && <p>{t("none")}</p>}
      {coming && coming.length > 0 && (
        <ul className={styles.events} aria-label={t("events")}>
          {coming.map((registration) => (
            <Coming key={registration.id} registration={registration} refresh={refresh} />
          ))}
        </ul>
      )}
      <Link to="/registrations">{shell("myRegistrations")}</Link>
    </Section>
  );
}

interface ComingProps {
  readonly registration: ComingRegistration;
  readonly refresh: () => Promise<void>;
}

function Coming({ registration, refresh }: ComingProps) {
  const { locale } = useDateReader();
  const { id, title, startsAt, timeZone } = registration.event;
  return (
    <li className={styles.event}>
      <h3 dir="auto">
        <Link to="/events/$eventId" params={{ eventId: id }}>
          {title}
        </Link>
      </h3>
      <p className={styles.time}>
        <time dateTime={startsAt}>{formatMoment(startsAt, locale, timeZone)}</time>
      </p>
      <HideBox registration={registration} refresh={refresh} />
    </li>
  );
}
