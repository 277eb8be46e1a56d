// The way through the portal: the areas of the person who is signed in.
import { classes } from "@meetinity/ui/components/classes.ts";
import { Link } from "@tanstack/react-router";
import {
  Activity,
  CalendarDays,
  Eraser,
  type LucideIcon,
  SpellCheck,
  Users,
  UserX,
  Wrench,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Area } from "./rights.ts";
import styles from "./shell.module.css";
import { useViewerState } from "./viewer.ts";

interface Place {
  readonly to:
    | "/events"
    | "/people"
    | "/suspended"
    | "/names"
    | "/operations/live"
    | "/operations/jobs"
    | "/operations/erasures";
  readonly text: "events" | "people" | "suspended" | "names" | "live" | "jobs" | "erasures";
  readonly icon: LucideIcon;
}

const PLACES: Readonly<Record<Area, readonly Place[]>> = {
  events: [{ to: "/events", text: "events", icon: CalendarDays }],
  people: [
    { to: "/people", text: "people", icon: Users },
    { to: "/suspended", text: "suspended", icon: UserX },
    { to: "/names", text: "names", icon: SpellCheck },
  ],
  operations: [
    { to: "/operations/live", text: "live", icon: Activity },
    { to: "/operations/jobs", text: "jobs", icon: Wrench },
    { to: "/operations/erasures", text: "erasures", icon: Eraser },
  ],
};

/** Nothing while nobody is signed in. */
export function Navigation() {
  const { t } = useTranslation("shell");
  const { viewer } = useViewerState();
  if (!viewer || viewer.areas.length === 0) return null;
  return (
    <nav className={styles.navigation} aria-label={t("navigation")}>
      {viewer.areas.map((area) => (
        <ul key={area} className={styles.places} aria-label={t(`areas.${area}`)}>
          {PLACES[area].map(({ to, text, icon: Icon }) => (
            <li key={to}>
              <Link
                to={to}
                className={styles.place}
                activeProps={{ className: classes(styles.place, styles.here) }}
              >
                <Icon aria-hidden="true" />
                {t(`places.${text}`)}
              </Link>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
}
