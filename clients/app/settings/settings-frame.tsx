// The list of settings, and the page that is open: beside it in a wide window, in its place in a
// narrow one.
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import {
  Bell,
  ChevronRight,
  EyeOff,
  KeyRound,
  type LucideIcon,
  MonitorSmartphone,
  Palette,
  UserRound,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./settings-frame.module.css";

interface Place {
  readonly name: "look" | "account" | "security" | "devices" | "notifications" | "privacy";
  readonly icon: LucideIcon;
}

const PLACES: readonly Place[] = [
  { name: "look", icon: Palette },
  { name: "account", icon: UserRound },
  { name: "security", icon: KeyRound },
  { name: "devices", icon: MonitorSmartphone },
  { name: "notifications", icon: Bell },
  { name: "privacy", icon: EyeOff },
];

export function SettingsFrame() {
  const { t } = useTranslation("settings");
  const isOpen = useLocation({ select: ({ pathname }) => !/\/settings\/?$/.test(pathname) });
  // The page has the heading as soon as one is open.
  const Heading = isOpen ? "h2" : "h1";
  return (
    <div className={styles.frame} data-open={isOpen || undefined}>
      {!isOpen && <Title />}
      <nav className={styles.list} aria-labelledby="settings-heading">
        <Heading id="settings-heading" className={styles.heading}>
          {t("title")}
        </Heading>
        <ul className={styles.places}>
          {PLACES.map(({ name, icon: Icon }) => (
            <li key={name}>
              <Link to={`/settings/${name}`} className={styles.place}>
                <Icon aria-hidden="true" />
                <span className={styles.words}>
                  <span className={styles.name}>{t(`pages.${name}`)}</span>
                  <span className={styles.hint}>{t(`hints.${name}`)}</span>
                </span>
                <ChevronRight className={styles.more} aria-hidden="true" />
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className={styles.open}>
        <Outlet />
      </div>
    </div>
  );
}

function Title() {
  const { t } = useTranslation("settings");
  useTitle(t("title"));
  return null;
}
