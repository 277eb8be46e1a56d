// A registration that has ended: how, and the words of the organizer.
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { useTranslation } from "react-i18next";
import styles from "./event.module.css";
import type { EventShown } from "./event.ts";
import type { Own } from "./own-registration.tsx";
import { formatMoment } from "./times.ts";

interface FormerProps {
  readonly event: EventShown;
  readonly own: Own;
}

export function FormerRegistration({ event, own }: FormerProps) {
  const { t } = useTranslation("events");
  const ending = useEnding(event, own);
  return (
    <>
      <p className={styles.strong}>{ending}</p>
      {own.note && (
        <figure className={styles.note}>
          <figcaption className={styles.small}>{t("note")}</figcaption>
          <blockquote dir="auto" className={styles.text}>
            {own.note}
          </blockquote>
        </figure>
      )}
      {own.isBarring && <p>{t("barred")}</p>}
    </>
  );
}

function useEnding({ timeZone }: EventShown, { status, cancelledBy, offerExpiresAt }: Own): string {
  const { t } = useTranslation("events");
  const { locale } = useDateReader();
  if (status === "EXPIRED" && offerExpiresAt) {
    return t("ended.expired", { time: formatMoment(offerExpiresAt, locale, timeZone) });
  }
  if (status === "DECLINED") {
    return t(cancelledBy === "ATTENDEE" ? "ended.returned" : "ended.declined");
  }
  return t(cancelledBy === "ORGANIZER" ? "ended.removed" : "ended.cancelled");
}
