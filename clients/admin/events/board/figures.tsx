// How full an event is, in figures.
import { useTranslation } from "react-i18next";
import type { ManagedEvent } from "../managed-event.ts";
import { Seats } from "../seats.tsx";
import styles from "./board.module.css";
import { type StatusTotal, totalsOf } from "./statuses.ts";

export function Figures({ event }: { readonly event: ManagedEvent }) {
  const { t } = useTranslation("board");
  const totals = totalsOf(event.registrationTotals);
  const of = (status: StatusTotal["status"]) => totals.find((each) => each.status === status);
  return (
    <dl className={styles.figures}>
      <div>
        <dt>{t("seats")}</dt>
        <dd>
          <Seats taken={event.seatsTaken} capacity={event.capacity} />
        </dd>
      </div>
      <Figure name={t("confirmed")} value={of("CONFIRMED")?.count ?? 0} />
      <Figure name={t("waiting")} value={of("WAITLISTED")?.count ?? 0} />
      <Figure name={t("waitingSeats")} value={of("WAITLISTED")?.seats ?? 0} />
    </dl>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: number }) {
  const { i18n } = useTranslation();
  return (
    <div>
      <dt>{name}</dt>
      <dd className={styles.value}>{new Intl.NumberFormat(i18n.language).format(value)}</dd>
    </div>
  );
}
