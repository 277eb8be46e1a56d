// The facts of an event, and below them what it is about and who comes. What is not known of it has
// no place.
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./event.module.css";
import type { EventShown } from "./event.ts";
import { useSeats } from "./event-row.tsx";
import { type Known, KnownPeople } from "./known/known-people.tsx";
import { formatSpan, isElsewhere, zoneName } from "./times.ts";

export function EventFacts({ event }: { readonly event: EventShown }) {
  const { t } = useTranslation("events");
  const { locale } = useDateReader();
  const { venue, onlineUrl, language, organizer, capacity, seatsLeft } = event;
  const seats = useSeats(event);
  // Seats that are held for somebody are not free.
  const taken = Math.max(event.seatsTaken, capacity - seatsLeft);
  return (
    <dl className={styles.facts}>
      <Fact name={t("when")}>
        <When event={event} />
      </Fact>
      {venue && (
        <Fact name={t("where")}>
          <bdi>{venue}</bdi>
        </Fact>
      )}
      {event.isOnline && (
        <Fact name={t("online")}>
          {onlineUrl ? (
            <a href={onlineUrl} target="_blank" rel="noreferrer">
              {t("joinOnline")}
            </a>
          ) : (
            <p className={styles.small}>{t("linkLater")}</p>
          )}
        </Fact>
      )}
      {language && <Fact name={t("language")}>{languageName(language, locale)}</Fact>}
      <Fact name={t("seatsTitle")}>
        {event.status !== "CANCELLED" && <p>{seats}</p>}
        <p className={styles.small}>{t("taken", { taken, capacity })}</p>
      </Fact>
      {organizer && (
        <Fact name={t("organizer")}>
          <Link dir="auto" to="/people/$personId" params={{ personId: organizer.id }}>
            {organizer.displayName}
          </Link>
        </Fact>
      )}
    </dl>
  );
}

interface StoryProps {
  readonly event: EventShown;
  readonly known: Known;
}

export function EventStory({ event, known }: StoryProps) {
  const { t } = useTranslation("events");
  return (
    <div className={styles.story}>
      {event.description && (
        <section>
          <h2>{t("about")}</h2>
          <p dir="auto" className={styles.text}>
            {event.description}
          </p>
        </section>
      )}
      <KnownPeople known={known} />
      <Attendees event={event} />
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function When({ event }: { readonly event: EventShown }) {
  const { t } = useTranslation("events");
  const { locale } = useDateReader();
  const { startsAt, endsAt, timeZone } = event;
  return (
    <>
      <p className={styles.capital}>
        <time dateTime={startsAt}>{formatSpan(startsAt, endsAt, locale, timeZone)}</time>
      </p>
      <p className={styles.small}>{zoneName(startsAt, locale, timeZone)}</p>
      {isElsewhere(startsAt, timeZone) && (
        <p className={styles.small}>
          {t("yourTime", { time: formatSpan(startsAt, endsAt, locale) })}
        </p>
      )}
    </>
  );
}

function Attendees({ event }: { readonly event: EventShown }) {
  const { t } = useTranslation("events");
  const people = event.attendees?.edges.flatMap(({ node }) => (node ? [node] : [])) ?? [];
  if (people.length === 0) return null;
  return (
    <section>
      <h2>{t("attendees")}</h2>
      <ul className={styles.people}>
        {people.map(({ id, displayName, avatarUrl }) => (
          <li key={id} className={styles.person}>
            <Avatar id={id} name={displayName} size="small" picture={avatarUrl} />
            <Link dir="auto" to="/people/$personId" params={{ personId: id }}>
              {displayName}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function languageName(tag: string, locale: string): string {
  const name = new Intl.DisplayNames(locale, { type: "language" }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}
