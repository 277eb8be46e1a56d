// One of the reader's registrations in a list: its event, its state, and the answers to an offer.
import { EventCover } from "@meetinity/ui/components/event-cover.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useChanges } from "./changes/use-changes.ts";
import event from "./event.module.css";
import { useKeepFocus } from "./keep-focus.ts";
import styles from "./list.module.css";
import { type Answering, useAnswering } from "./offers/answering.ts";
import { Offer } from "./offers/offer.tsx";
import type { RegistrationInList } from "./registrations-page.tsx";
import { pastOf } from "./standing.tsx";
import { formatSpan } from "./times.ts";

interface RowProps {
  readonly registration: RegistrationInList;
  readonly refresh: () => Promise<void>;
}

type EventOfRow = NonNullable<RegistrationInList["event"]>;

export function RegistrationRow({ registration, refresh }: RowProps) {
  const { t } = useTranslation("events");
  const { event: of, status } = registration;
  if (of) return <KnownRow registration={registration} of={of} refresh={refresh} />;
  return (
    <div className={styles.row}>
      <div className={styles.texts}>
        <h2>{t("unknownEvent")}</h2>
        <p>{t(`status.${status}`)}</p>
      </div>
    </div>
  );
}

interface KnownProps extends RowProps {
  readonly of: EventOfRow;
}

function KnownRow({ registration, of, refresh }: KnownProps) {
  const { t } = useTranslation("events");
  const { locale } = useDateReader();
  const answering = useAnswering(refresh);
  const { changes } = useChanges(of, registration.status);
  const { id, venue, startsAt, endsAt, timeZone, tags } = of;
  const title = useRef<HTMLAnchorElement>(null);
  useKeepFocus(title, registration.status);
  return (
    <div className={styles.row}>
      <EventCover id={id} tags={tags} size="thumb" picture={of.coverUrl} />
      <div className={styles.texts}>
        <h2>
          <Link
            dir="auto"
            ref={title}
            to="/events/$eventId"
            params={{ eventId: id }}
            className={styles.whole}
          >
            {of.title}
          </Link>
        </h2>
        <p>
          <time dateTime={startsAt}>{formatSpan(startsAt, endsAt, locale, timeZone)}</time>
        </p>
        {venue && <p dir="auto">{venue}</p>}
        {changes.length > 0 && <p className={styles.changed}>{t("changed")}</p>}
        <State {...{ registration, of, answering, refresh }} />
        <div role="alert" className={styles.above}>
          {answering.refusal !== null && <p className={event.refusal}>{answering.refusal}</p>}
        </div>
      </div>
    </div>
  );
}

const ENDED: readonly string[] = ["CANCELLED", "DECLINED", "EXPIRED"];

interface StateProps extends KnownProps {
  readonly answering: Answering;
}

function State({ registration, of, answering, refresh }: StateProps) {
  const { t } = useTranslation("events");
  const { id, status, partySize, waitlistPosition, offerExpiresAt, ticketType } = registration;
  const { title, timeZone } = of;
  if (of.status === "CANCELLED") return <p className={styles.cancelled}>{t("cancelled")}</p>;
  const isOver = new Date(of.endsAt) <= new Date();
  if (status === "OFFERED" && offerExpiresAt && !isOver) {
    return (
      <fieldset className={styles.above} aria-label={title}>
        <Offer
          registrationId={id}
          partySize={partySize}
          expiresAt={offerExpiresAt}
          timeZone={timeZone}
          answering={answering}
          onEnd={() => void refresh().catch(() => {})}
        />
      </fieldset>
    );
  }
  if (ENDED.includes(status)) return <p className={styles.over}>{t(`status.${status}`)}</p>;
  if (isOver) return <p className={styles.over}>{t(pastOf(status))}</p>;
  const facts = [
    waitlistPosition === null
      ? t(`status.${status}`)
      : t("position", { position: waitlistPosition }),
    ...(waitlistPosition === null ? [t("forParty", { count: partySize })] : []),
    ...(ticketType ? [ticketType.name] : []),
  ];
  return (
    <p className={styles.seats} role="status">
      {facts.join(" · ")}
    </p>
  );
}
