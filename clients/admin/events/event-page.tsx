// One event: its state, what can be done with it, and its parts below.
import { classes } from "@meetinity/ui/components/classes.ts";
import { Loading } from "@meetinity/ui/components/state.tsx";
import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import { createContext, useContext } from "react";
import { useTranslation } from "react-i18next";
import styles from "../parts/page.module.css";
import { Page } from "../parts/page.tsx";
import { NotFound } from "../shell/not-found.tsx";
import { EventTime } from "./event-time.tsx";
import { Cancelled } from "./life/cancelled.tsx";
import { EventActions } from "./life/event-actions.tsx";
import { type ManagedEvent, useManagedEvent } from "./managed-event.ts";
import { StatusBadge } from "./status-badge.tsx";

const route = getRouteApi("/signedIn/events/$eventId");

const EventContext = createContext<ManagedEvent | null>(null);

/** Of the parts of its page. */
export function useEvent(): ManagedEvent {
  const event = useContext(EventContext);
  if (!event) throw new Error("This part is not inside the page of an event.");
  return event;
}

export function EventPage() {
  const { eventId } = route.useParams();
  const state = useManagedEvent(eventId);
  if (state.status === "unknown") return <NotFound />;
  // The route has a page for it, which tries again.
  if (state.status === "failed") throw state.error;
  if (state.status === "loading") return <Loading />;
  const { event } = state;
  return (
    <Page
      title={event.title}
      mark={<StatusBadge event={event} />}
      lead={<EventTime startsAt={event.startsAt} timeZone={event.timeZone} />}
      actions={<EventActions event={event} />}
    >
      <Cancelled event={event} />
      <Parts event={event} />
      <EventContext value={event}>
        <Outlet />
      </EventContext>
    </Page>
  );
}

function Parts({ event }: { readonly event: ManagedEvent }) {
  const { id: eventId } = event;
  const { t } = useTranslation("events");
  const look = {
    className: styles.tab,
    activeProps: { className: classes(styles.tab, styles.tabHere) },
  };
  return (
    <div className={styles.bar}>
      <nav className={styles.tabs} aria-label={t("parts")}>
        <Link to="/events/$eventId" params={{ eventId }} activeOptions={{ exact: true }} {...look}>
          {t("registrations")}
        </Link>
        <Link to="/events/$eventId/tickets" params={{ eventId }} {...look}>
          {t("tickets")}
        </Link>
        <Link to="/events/$eventId/hosts" params={{ eventId }} {...look}>
          {t("hosts")}
        </Link>
        <Link to="/events/$eventId/questions" params={{ eventId }} {...look}>
          {t("questions")}
        </Link>
        <Link to="/events/$eventId/details" params={{ eventId }} {...look}>
          {t("details")}
        </Link>
        {event.viewerRights.includes("CHECK_IN") && event.status === "PUBLISHED" && (
          <Link to="/events/$eventId/door" params={{ eventId }} {...look}>
            {t("door")}
          </Link>
        )}
      </nav>
    </div>
  );
}
