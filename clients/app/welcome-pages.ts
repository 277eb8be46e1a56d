// The first steps of a new person: their beginning, and each of them.
import { type AnyRoute, createRoute } from "@tanstack/react-router";
import { pageWithTexts } from "./page-with-texts.ts";
import { originOf } from "./shell/search.ts";

export function welcomePages<Parent extends AnyRoute>(parent: Parent) {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: "welcome",
      validateSearch: originOf,
      component: pageWithTexts(() => import("./welcome/welcome-page.tsx"), "WelcomePage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "welcome/$step",
      validateSearch: originOf,
      component: pageWithTexts(() => import("./welcome/step-page.tsx"), "StepPage"),
    }),
  ] as const;
}
