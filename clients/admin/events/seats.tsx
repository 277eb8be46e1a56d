// How many seats of an event are taken.
import { useTranslation } from "react-i18next";
import styles from "./seats.module.css";

interface SeatsProps {
  readonly taken: number;
  readonly capacity: number;
}

export function Seats({ taken, capacity }: SeatsProps) {
  const { t, i18n } = useTranslation("events");
  const format = new Intl.NumberFormat(i18n.language);
  const share = Math.min(100, (100 * taken) / capacity);
  const text = t("seatsOf", { taken: format.format(taken), capacity: format.format(capacity) });
  return (
    <span className={styles.seats}>
      <span>{text}</span>
      <svg className={styles.bar} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect width={share} height={1} />
      </svg>
    </span>
  );
}
