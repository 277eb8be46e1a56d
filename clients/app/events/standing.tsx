// The state of the reader's registration in words: where it stands, and what comes next.
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { useTranslation } from "react-i18next";
import styles from "./event.module.css";
import type { EventShown } from "./event.ts";
import { formatRemaining } from "./offers/remaining.ts";
import type { Own } from "./own-registration.tsx";

interface StandingProps {
  readonly event: EventShown;
  readonly own: Own;
}

const MINUTE_MS = 60_000;
const WAITING: readonly string[] = ["PENDING_APPROVAL", "WAITLISTED", "OFFERED"];

/** A change is said to screen readers, as when somebody moves up on the waitlist. */
export function Standing({ event, own }: StandingProps) {
  const { t } = useTranslation("events");
  const { status, waitlistPosition } = own;
  if (event.status === "CANCELLED") return <p>{t("takesNoPlace")}</p>;
  if (new Date(event.endsAt) <= new Date()) return <p>{t(pastOf(status))}</p>;
  return (
    <div className={styles.standing}>
      <div role="status">
        <p className={styles.strong}>{t(`status.${status}`)}</p>
        {waitlistPosition !== null && <p>{t("position", { position: waitlistPosition })}</p>}
      </div>
      <Prospects event={event} own={own} />
    </div>
  );
}

/** The text for a registration at an event that is over. */
export function pastOf(status: Own["status"]) {
  if (WAITING.includes(status)) return "past.waited";
  if (status === "CONFIRMED") return "past.registered";
  return status === "CHECKED_IN" ? "past.came" : "status.NO_SHOW";
}

function Prospects({ event, own }: StandingProps) {
  const { t } = useTranslation("events");
  const { locale } = useDateReader();
  const { offerMinutes, passesMax } = event;
  const { status, partySize, isTooLarge } = own;
  if (status === "PENDING_APPROVAL") return <p className={styles.small}>{t("pendingNext")}</p>;
  if (status !== "WAITLISTED") return null;
  return (
    <>
      {isTooLarge && <p className={styles.warning}>{t("isTooLarge")}</p>}
      <p className={styles.small}>
        {offerMinutes === null
          ? t("atOnce")
          : t("offered", { time: formatRemaining(offerMinutes * MINUTE_MS, locale, "long") })}
        {partySize > 1 && passesMax > 0 && ` ${t("passed", { count: passesMax })}`}
      </p>
    </>
  );
}
