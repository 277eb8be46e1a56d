// The pages of settings: the list of them, and each of them beside or below it.
import { type AnyRoute, createRoute } from "@tanstack/react-router";
import { pageWithTexts } from "./page-with-texts.ts";

export function settingsPages<Parent extends AnyRoute>(parent: Parent) {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: "settings",
      component: pageWithTexts(() => import("./settings/first-page.tsx"), "FirstPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "settings/look",
      component: pageWithTexts(() => import("./settings/look/look-page.tsx"), "LookPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "settings/account",
      component: pageWithTexts(() => import("./settings/account-page.tsx"), "AccountPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "settings/security",
      component: pageWithTexts(() => import("./settings/security-page.tsx"), "SecurityPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "settings/devices",
      component: pageWithTexts(() => import("./settings/devices/devices-page.tsx"), "DevicesPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "settings/notifications",
      component: pageWithTexts(
        () => import("./settings/notifications/notifications-page.tsx"),
        "NotificationsPage",
      ),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "settings/privacy",
      component: pageWithTexts(() => import("./settings/privacy/privacy-page.tsx"), "PrivacyPage"),
    }),
  ] as const;
}
