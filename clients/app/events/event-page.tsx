// One event: what it is, what has changed, and the reader's registration.
import { Button } from "@meetinity/ui/components/button.tsx";
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import { NotFound } from "../shell/not-found.tsx";
import styles from "./event.module.css";
import { type EventChange, type EventShown, useEvent } from "./event.ts";
import { EventFacts } from "./event-facts.tsx";
import { RegistrationPanel } from "./registration-panel.tsx";
import { formatMoment } from "./times.ts";

const route = getRouteApi("/signedIn/pages/events/$eventId");

export function EventPage() {
  const { t } = useTranslation("events");
  const { eventId } = route.useParams();
  const state = useEvent(eventId);
  const event = state.status === "ready" ? state.event : null;
  useTitle(event?.title ?? "");
  if (state.status === "unknown") return <NotFound />;
  return (
    <div className={styles.page}>
      <Link to="/events" className={styles.back}>
        <ChevronLeft aria-hidden="true" />
        {t("back")}
      </Link>
      {state.status === "loading" && <Loading />}
      {state.status === "failed" && <EventFailed error={state.error} onRetry={state.retry} />}
      {state.status === "ready" && (
        <article className={styles.event}>
          <h1>{state.event.title}</h1>
          <div role="status" className={styles.notices}>
            <Cancelled event={state.event} />
            <Changes changes={state.changes} onDismiss={state.dismissChanges} />
          </div>
          <EventFacts event={state.event} />
          <RegistrationPanel event={state.event} refresh={state.refresh} />
        </article>
      )}
    </div>
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
      <p className={styles.text}>{reason}</p>
      <p className={styles.small}>
        {t("cancelledOn", { time: formatMoment(cancelledAt, locale, event.timeZone) })}
      </p>
    </div>
  );
}

interface ChangesProps {
  readonly changes: readonly EventChange[];
  readonly onDismiss: () => void;
}

function Changes({ changes, onDismiss }: ChangesProps) {
  const { t } = useTranslation("events");
  const told = changes.flatMap((change) => (change === "CANCELLED" ? [] : [change]));
  if (told.length === 0) return null;
  return (
    <div className={styles.changed}>
      <p className={styles.strong}>{t("changed")}</p>
      {told.map((change) => (
        <p key={change}>{t(`changes.${change}`)}</p>
      ))}
      <Button isSmall onClick={onDismiss}>
        {t("gotIt")}
      </Button>
    </div>
  );
}
