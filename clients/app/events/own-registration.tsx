// The reader's active registration: its state, its seats, and what they can change.
import { Button } from "@meetinity/ui/components/button.tsx";
import { Question } from "@meetinity/ui/components/question.tsx";
import { Skeleton } from "@meetinity/ui/components/skeleton.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Acting } from "./acting.ts";
import { OwnWishes } from "./answers/own-wishes.tsx";
import styles from "./event.module.css";
import type { EventShown } from "./event.ts";
import type { Answering } from "./offers/answering.ts";
import { Offer } from "./offers/offer.tsx";
import { PartySize } from "./party/party-size.tsx";
import { Standing } from "./standing.tsx";
import { OwnType } from "./ticket-types/own-type.tsx";
import { formatMoment } from "./times.ts";

const Tickets = lazy(() =>
  import("./tickets/tickets.tsx").then((module) => ({ default: module.Tickets })),
);

export type Own = NonNullable<EventShown["viewerRegistration"]>;

interface OwnProps {
  readonly event: EventShown;
  readonly own: Own;
  readonly acting: Acting;
  readonly answering: Answering;
  readonly refresh: () => Promise<void>;
}

/** Those that have tickets. */
const SEATED: readonly string[] = ["CONFIRMED", "CHECKED_IN"];
/** Those that a person can change and cancel. */
const OPEN: readonly string[] = ["PENDING_APPROVAL", "WAITLISTED", "OFFERED", "CONFIRMED"];

export function OwnRegistration({ event, own, acting, answering, refresh }: OwnProps) {
  const { id, status, partySize, offerExpiresAt } = own;
  const now = new Date();
  const isTaking = event.status !== "CANCELLED" && now < new Date(event.endsAt);
  const canChange = isTaking && OPEN.includes(status);
  return (
    <>
      {status === "OFFERED" && offerExpiresAt && isTaking ? (
        <Offer
          registrationId={id}
          partySize={partySize}
          expiresAt={offerExpiresAt}
          timeZone={event.timeZone}
          answering={answering}
          onEnd={() => void refresh().catch(() => {})}
        />
      ) : (
        <Standing event={event} own={own} />
      )}
      {own.ticketType && <OwnType type={own.ticketType} partySize={partySize} />}
      <PartySize registration={own} event={event} canChange={canChange} refresh={refresh} />
      {SEATED.includes(status) && event.status !== "CANCELLED" && (
        <Suspense fallback={<Skeleton shape="tickets" />}>
          <Tickets
            eventId={event.id}
            of={`${status} ${partySize}`}
            type={own.ticketType?.name ?? null}
          />
        </Suspense>
      )}
      <OwnWishes
        eventId={event.id}
        registrationId={id}
        isOpen={isTaking && now < new Date(event.startsAt)}
      />
      {canChange && status !== "OFFERED" && <Cancel event={event} own={own} acting={acting} />}
    </>
  );
}

function Cancel({ event, own, acting }: Pick<OwnProps, "event" | "own" | "acting">) {
  const { t } = useTranslation("events");
  const { locale } = useDateReader();
  const [isAsking, setAsking] = useState(false);
  const { cancellationClosesAt: until, timeZone } = event;
  if (until && new Date(until) <= new Date()) {
    return <p className={styles.small}>{t("problems.CancellationClosedProblem")}</p>;
  }
  return (
    <>
      {until && (
        <p className={styles.small}>
          {t("cancelUntil", { time: formatMoment(until, locale, timeZone) })}
        </p>
      )}
      <Button needsNetwork aria-disabled={acting.isBusy} onClick={() => setAsking(true)}>
        {t("cancel")}
      </Button>
      <Question
        isOpen={isAsking}
        title={t("cancelTitle")}
        text={t(`cancelText.${cancelTextOf(own.status)}`)}
        confirm={t("cancel")}
        onConfirm={() => {
          setAsking(false);
          void acting.cancel(own.id);
        }}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}

function cancelTextOf(status: string): "seated" | "waiting" | "pending" {
  if (status === "WAITLISTED") return "waiting";
  return status === "PENDING_APPROVAL" ? "pending" : "seated";
}
