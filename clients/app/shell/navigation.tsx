// The way between the sections of the app: a bar at the bottom of a phone, a rail at the side of a
// wide window.

import { CountBadge } from "@meetinity/ui/components/count-badge.tsx";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { unreadInTitle } from "@meetinity/ui/shell/title.ts";
import { Link, useRouterState } from "@tanstack/react-router";
import {
  CalendarDays,
  CircleUserRound,
  type LucideIcon,
  MessagesSquare,
  Users,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { client } from "./client.ts";
import styles from "./navigation.module.css";
import { isConversation, type Section, sectionOf } from "./sections.ts";

interface Place {
  readonly section: Section;
  readonly to: "/" | "/events" | "/people" | "/profile";
  readonly icon: LucideIcon;
}

const PLACES: readonly Place[] = [
  { section: "conversations", to: "/", icon: MessagesSquare },
  { section: "events", to: "/events", icon: CalendarDays },
  { section: "people", to: "/people", icon: Users },
  { section: "profile", to: "/profile", icon: CircleUserRound },
];

/** Nothing while nobody is signed in. */
export function Navigation() {
  const { t } = useTranslation("shell");
  const { viewerId } = useObservable(client.session);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const isInside = useRouterState({
    select: ({ matches }) => matches.some(({ routeId }) => routeId === "/signedIn"),
  });
  if (!isInside) return null;
  const here = sectionOf(path, viewerId);
  return (
    <nav
      className={styles.navigation}
      aria-label={t("navigation")}
      data-aside={isConversation(path) || undefined}
    >
      <ul className={styles.places}>
        {PLACES.map(({ section, to, icon: Icon }) => (
          <li key={section}>
            <Link
              to={to}
              className={styles.place}
              activeOptions={{ exact: true }}
              {...(here === section && { "aria-current": path === to ? "page" : "true" })}
            >
              <span className={styles.icon}>
                <Icon aria-hidden="true" />
                {section === "conversations" && <Unread />}
              </span>
              <span className={styles.label}>{t(`sections.${section}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Unread() {
  const { t } = useTranslation("shell");
  const { count, mentions } = useObservable(unreadInTitle);
  if (count === 0 && mentions === 0) return null;
  const texts = [
    count > 0 && t("unread", { count }),
    mentions > 0 && t("mentions", { count: mentions }),
  ];
  return (
    <CountBadge
      isSmall
      className={styles.unread}
      count={count}
      label={texts.filter(Boolean).join(", ")}
      hasMention={mentions > 0}
    />
  );
}
