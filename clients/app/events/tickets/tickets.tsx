// The reader's tickets for an event: a QR code for each person of the party, dark on white in both
// themes, so that every scanner reads it.

import { MyTickets, type MyTicketsQuery, RenewTickets } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { Question } from "@meetinity/ui/components/question.tsx";
import { Skeleton } from "@meetinity/ui/components/skeleton.tsx";
import { Failed } from "@meetinity/ui/components/state.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { formatTime } from "@meetinity/ui/i18n/dates.ts";
import { Age } from "@meetinity/ui/offline/age.tsx";
import { useIsAway } from "@meetinity/ui/offline/away.ts";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { useRead } from "../../shell/use-read.ts";
import { formatMoment } from "../times.ts";
import { ShowLarge } from "./large.tsx";
import styles from "./tickets.module.css";

type Of = NonNullable<MyTicketsQuery["event"]>;
type Ticket = NonNullable<Of["viewerRegistration"]>["tickets"][number];

interface TicketsProps {
  readonly eventId: string;
  /** The state of the registration: when it changes, tickets are read anew. */
  readonly of: string;
  /** The name of their ticket type. */
  readonly type: string | null;
}

export function Tickets({ eventId, of, type }: TicketsProps) {
  const { t } = useTranslation("tickets");
  const { data, error, refresh, retry, update } = useRead(MyTickets, { eventId });
  const shown = useRef(of);
  useEffect(() => {
    if (of !== shown.current) void refresh().catch(() => {});
    shown.current = of;
  }, [of, refresh]);
  const event = data?.event;
  const own = event?.viewerRegistration;
  if (!event || !own) {
    if (error === null) return <Skeleton shape="tickets" />;
    return <Failed heading={t("failed")} error={error} onRetry={retry} />;
  }
  if (own.tickets.length === 0) return null;
  const renewed = (tickets: readonly Ticket[]) =>
    update(() => ({ event: { ...event, viewerRegistration: { ...own, tickets } } }));
  return (
    <section className={styles.tickets} aria-labelledby="tickets">
      <h3 id="tickets">{t("title", { count: own.tickets.length })}</h3>
      <p className={styles.hint}>{t("hint", { count: own.tickets.length })}</p>
      <MaybeOld eventId={eventId} />
      <ul className={styles.list}>
        {own.tickets.map((ticket) => (
          <li key={ticket.seat}>
            <TicketCard event={event} ticket={ticket} type={type} partySize={own.partySize} />
          </li>
        ))}
      </ul>
      <Renew registrationId={own.id} onRenewed={renewed} />
    </section>
  );
}

/** New codes may have been made on another device since. */
function MaybeOld({ eventId }: Pick<TicketsProps, "eventId">) {
  const { t } = useTranslation("tickets");
  const isAway = useIsAway();
  return (
    <div role="status">
      {isAway && (
        <p className={styles.old}>
          <Age of={{ name: "MyTickets", about: eventId }} /> {t("maybeOld")}
        </p>
      )}
    </div>
  );
}

interface CardProps {
  readonly event: Of;
  readonly ticket: Ticket;
  readonly type: string | null;
  readonly partySize: number;
}

/** All that a guest needs who is sent a picture of it. */
function TicketCard({ event, ticket, type, partySize }: CardProps) {
  const { seat, code, qrSvg, checkedInAt } = ticket;
  const { t } = useTranslation("tickets");
  const reader = useDateReader();
  const { startsAt, timeZone } = event;
  const src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(qrSvg)}`;
  const alt = t("qr", { seat, partySize });
  const whose = partySize > 1 ? t(seat === 1 ? "seatOwn" : "seat", { seat, partySize }) : null;
  return (
    <figure className={styles.ticket}>
      <img className={styles.qr} src={src} alt={alt} />
      <figcaption className={styles.caption}>
        <strong dir="auto">{event.title}</strong>
        <span className={styles.facts}>{formatMoment(startsAt, reader.locale, timeZone)}</span>
        {event.venue && (
          <span dir="auto" className={styles.facts}>
            {event.venue}
          </span>
        )}
        {type !== null && <span>{type}</span>}
        {whose !== null && <span>{whose}</span>}
        {checkedInAt && (
          <span className={styles.come}>{t("come", { at: formatTime(checkedInAt, reader) })}</span>
        )}
        <ShowLarge {...{ title: event.title, src, alt }}>
          {whose !== null && <strong>{whose}</strong>}
          {type !== null && <span>{type}</span>}
          <span>{formatMoment(startsAt, reader.locale, timeZone)}</span>
        </ShowLarge>
        <details>
          <summary>{t("code")}</summary>
          <code className={styles.code}>{code.match(/.{1,5}/g)?.join(" ")}</code>
        </details>
      </figcaption>
    </figure>
  );
}

interface RenewProps {
  readonly registrationId: string;
  /** The old codes are worthless. */
  readonly onRenewed: (tickets: readonly Ticket[]) => void;
}

function Renew({ registrationId, onRenewed }: RenewProps) {
  const { t } = useTranslation("tickets");
  const { t: common } = useTranslation("shell");
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  async function confirm(): Promise<void> {
    setAsking(false);
    setBusy(true);
    try {
      const { renewTickets } = await client.run(RenewTickets, { input: { registrationId } });
      if (renewTickets.__typename === "RenewTicketsSuccess") {
        onRenewed(renewTickets.registration.tickets);
        say(t("renewed"));
      } else sayFailure(t("none"));
    } catch (error) {
      sayFailure(explain(error, common));
    }
    setBusy(false);
  }
  return (
    <>
      <Button needsNetwork isSmall aria-disabled={isBusy} onClick={() => isBusy || setAsking(true)}>
        {t("renew")}
      </Button>
      <Question
        isOpen={isAsking}
        title={t("renewTitle")}
        text={t("renewText")}
        confirm={t("renew")}
        onConfirm={() => void confirm()}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
