// One event: what it is, what has changed, and the reader's registration.

import { classes } from "@meetinity/ui/components/classes.ts";
import { EventCover } from "@meetinity/ui/components/event-cover.tsx";
import { Skeleton } from "@meetinity/ui/components/skeleton.tsx";
import { Failed } from "@meetinity/ui/components/state.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import card from "@meetinity/ui/look/card.module.css";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import { NotFound } from "../shell/not-found.tsx";
import { AddToCalendar } from "./calendar/add-to-calendar.tsx";
import { Share } from "./calendar/share.tsx";
import { EventChanges } from "./changes/event-changes.tsx";
import { useChanges } from "./changes/use-changes.ts";
import { EventChat } from "./chat/event-chat.tsx";
import { latestWanted } from "./discover/use-wanted.ts";
import styles from "./event.module.css";
import { type EventShown, useEvent } from "./event.ts";
import { EventFacts, EventStory } from "./event-facts.tsx";
import { type Known, useKnown } from "./known/known-people.tsx";
import { RegistrationPanel } from "./registration-panel.tsx";
import { formatMoment } from "./times.ts";

const route = getRouteApi("/signedIn/events/$eventId");

export function EventPage() {
  const { t } = useTranslation("events");
  const { eventId } = route.useParams();
  const state = useEvent(eventId);
  const known = useKnown(eventId);
  const event = state.status === "ready" ? state.event : null;
  useTitle(event?.title ?? "");
  if (state.status === "unknown") return <NotFound />;
  return (
    <div className={classes(card.page, styles.wide)}>
      <Link to="/events" search={latestWanted()} className={card.back}>
        <ChevronLeft aria-hidden="true" />
        {t("back")}
      </Link>
      {state.status === "loading" && <Skeleton shape="event" />}
      {state.status === "failed" && <EventFailed error={state.error} onRetry={state.retry} />}
      {state.status === "ready" && (
        <EventCard event={state.event} known={known} refresh={state.refresh} />
      )}
    </div>
  );
}

interface CardProps {
  readonly event: EventShown;
  readonly known: Known;
  readonly refresh: () => Promise<void>;
}

function EventCard({ event, known, refresh }: CardProps) {
  const changes = useChanges(event, event.viewerRegistration?.status ?? null);
  return (
    <article className={classes(card.card, styles.event)}>
      <div className={styles.banner}>
        <EventCover id={event.id} tags={event.tags} size="banner" picture={event.coverUrl} />
      </div>
      <div className={styles.head}>
        <h1 dir="auto">{event.title}</h1>
        <div role="status" className={styles.notices}>
          <Cancelled event={event} />
          <EventChanges {...changes} />
        </div>
        <EventFacts event={event} />
        <div className={styles.actions}>
          <AddToCalendar event={event} />
          <Share event={event} />
          <EventChat event={event} />
        </div>
      </div>
      <RegistrationPanel event={event} refresh={refresh} />
      <EventStory event={event} known={known} />
    </article>
  );
}

function EventFailed(props: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useTranslation("shell");
  useTitle(t("pageFailed"));
  return <Failed heading={t("pageFailed")} {...props} />;
}

function Cancelled({ event }: { readonly event: EventShown }) {
  const { t } = useTranslation("events");
  const { locale } = useDateReader();
  if (!event.cancellation) return null;
  const { reason, cancelledAt } = event.cancellation;
  return (
    <div className={styles.cancelled}>
      <p className={styles.strong}>{t("cancelled")}</p>
      <p dir="auto" className={styles.text}>
        {reason}
      </p>
      <p className={styles.small}>
        {t("cancelledOn", { time: formatMoment(cancelledAt, locale, event.timeZone) })}
      </p>
    </div>
  );
}
