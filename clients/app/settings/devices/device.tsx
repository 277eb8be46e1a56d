// One device in the list.

import { Button } from "@meetinity/ui/components/button.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { Laptop, type LucideIcon, MonitorSmartphone, Smartphone, Tablet } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./devices.module.css";
import { formatAgo, formatSince } from "./last-seen.ts";
import type { DeviceSession } from "./sessions.ts";

const ICONS: Readonly<Record<DeviceSession["device"]["kind"], LucideIcon>> = {
  PHONE: Smartphone,
  TABLET: Tablet,
  COMPUTER: Laptop,
  UNKNOWN: MonitorSmartphone,
};

interface DeviceProps {
  readonly session: DeviceSession;
  readonly onEnd: () => void;
}

export function Device({ session, onEnd }: DeviceProps) {
  const { t } = useTranslation("devices");
  const name = useNameOf()(session.device);
  const reader = useDateReader();
  const Icon = ICONS[session.device.kind];
  const { isCurrent, createdAt, lastSeenAt } = session;
  const ago = isCurrent ? null : formatAgo(lastSeenAt, new Date(), reader.locale);
  const use = ago === null ? t(isCurrent ? "activeNow" : "activeLately") : t("lastUsed", { ago });
  return (
    <li className={styles.device}>
      <Icon className={styles.icon} aria-hidden="true" />
      <div>
        <p className={styles.name}>
          {name}
          {isCurrent && <span className={styles.current}>{t("current")}</span>}
        </p>
        <p className={styles.detail}>{use}</p>
        <p className={styles.detail}>
          {t("since", { date: formatSince(createdAt, reader.locale) })}
        </p>
      </div>
      {!isCurrent && (
        <Button needsNetwork isSmall onClick={onEnd} aria-label={t("endName", { name })}>
          {t("end")}
        </Button>
      )}
    </li>
  );
}

/** The name of a device in the reader's language. */
export function useNameOf(): (device: DeviceSession["device"]) => string {
  const { t } = useTranslation("devices");
  return ({ browser, system }) => {
    if (browser && system) return t("browserOnSystem", { browser, system });
    return browser ?? system ?? t("unknown");
  };
}
