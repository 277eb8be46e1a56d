// The pages of events, of one's registrations, and of what has happened there and elsewhere.
import { type AnyRoute, createRoute } from "@tanstack/react-router";
import type { Wanted } from "./events/discover/wanted.ts";
import { pageWithTexts } from "./page-with-texts.ts";

export function eventPages<Parent extends AnyRoute>(parent: Parent) {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: "events",
      // The page itself leaves out what is of no use to it: so its rules are not in the first load.
      validateSearch: (address: Record<string, unknown>) => address as Wanted,
      component: pageWithTexts(() => import("./events/discover/discover-page.tsx"), "DiscoverPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "events/$eventId",
      component: pageWithTexts(() => import("./events/event-page.tsx"), "EventPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "registrations",
      component: pageWithTexts(
        () => import("./events/registrations-page.tsx"),
        "RegistrationsPage",
      ),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "notifications",
      component: pageWithTexts(
        () => import("./notifications/notifications-page.tsx"),
        "NotificationsPage",
      ),
    }),
  ] as const;
}
