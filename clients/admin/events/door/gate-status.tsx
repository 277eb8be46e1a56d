// How many have come, whether the gate has a network, and how old its list is without one.
import { Button } from "@meetinity/ui/components/button.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { formatTime } from "@meetinity/ui/i18n/dates.ts";
import { CloudOff } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./door.module.css";
import type { GateState } from "./gate-state.ts";

const MINUTE_MS = 60_000;
const TICK_MS = 15_000;

interface GateStatusProps {
  readonly state: GateState;
  readonly onDismiss: () => void;
}

export function GateStatus({ state, onDismiss }: GateStatusProps) {
  const { t } = useTranslation("door");
  const { counters, isOnline, waiting, troubles } = state;
  return (
    <div className={styles.status}>
      {counters && (
        <p className={styles.counter} data-testid="come">
          <strong>{counters.seatsCheckedIn}</strong>
          <span>{t("comeOf", { count: counters.seatsTaken })}</span>
          <span className={styles.left}>{t("seatsLeft", { count: counters.seatsLeft })}</span>
        </p>
      )}
      {!isOnline && <Offline readAt={state.readAt} />}
      {waiting > 0 && (
        <p role="status" className={styles.strip}>
          {t("waiting", { count: waiting })}
        </p>
      )}
      {troubles > 0 && (
        <p role="alert" className={styles.strip}>
          {t("troubles", { count: troubles })}{" "}
          <Button isSmall onClick={onDismiss}>
            {t("seen")}
          </Button>
        </p>
      )}
    </div>
  );
}

function Offline({ readAt }: { readonly readAt: number | null }) {
  const { t } = useTranslation("door");
  const reader = useDateReader();
  const now = useNow();
  const minutes = readAt === null ? 0 : Math.max(0, Math.floor((now - readAt) / MINUTE_MS));
  return (
    <p role="status" className={styles.strip}>
      <CloudOff aria-hidden="true" size={18} />
      {readAt === null
        ? t("offlineEmpty")
        : t("offline", { at: formatTime(new Date(readAt), reader), count: minutes })}
    </p>
  );
}

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
