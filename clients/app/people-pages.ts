// The pages of people: those to meet, matches, cards, and one's own profile.
import { lazyPage } from "@meetinity/ui/shell/lazy-page.ts";
import { type AnyRoute, createRoute } from "@tanstack/react-router";
import { pageWithTexts } from "./page-with-texts.ts";

export function peoplePages<Parent extends AnyRoute>(parent: Parent) {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: "people",
      component: pageWithTexts(
        () => import("./people/suggestions/suggestions-page.tsx"),
        "SuggestionsPage",
      ),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "people/matches",
      component: pageWithTexts(() => import("./people/matches/matches-page.tsx"), "MatchesPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "people/$personId",
      component: lazyPage(() => import("./people/person-page.tsx"), "PersonPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "profile",
      component: pageWithTexts(() => import("./people/profile/profile-page.tsx"), "ProfilePage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "profile/blocked",
      component: pageWithTexts(() => import("./people/blocked/blocked-page.tsx"), "BlockedPage"),
    }),
  ] as const;
}
