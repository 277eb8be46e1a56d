// The pages to which mails lead, and the one that asks for such a mail: for everybody, because
// somebody may be signed in here, or another.
import { type AnyRootRoute, createRoute } from "@tanstack/react-router";
import { pageWithTexts } from "./page-with-texts.ts";

export function linkedPages<Root extends AnyRootRoute>(root: Root) {
  return [
    createRoute({
      getParentRoute: () => root,
      path: "forgot-password",
      component: pageWithTexts(
        () => import("./session/recovery/forgot-password.tsx"),
        "ForgotPassword",
      ),
    }),
    createRoute({
      getParentRoute: () => root,
      path: "reset-password",
      component: pageWithTexts(
        () => import("./session/recovery/reset-password.tsx"),
        "ResetPassword",
      ),
    }),
    createRoute({
      getParentRoute: () => root,
      path: "magic-link",
      component: pageWithTexts(() => import("./session/recovery/magic-link.tsx"), "MagicLink"),
    }),
    createRoute({
      getParentRoute: () => root,
      path: "verify-email",
      component: pageWithTexts(() => import("./session/address/verify-email.tsx"), "VerifyEmail"),
    }),
    createRoute({
      getParentRoute: () => root,
      path: "undo-email",
      component: pageWithTexts(() => import("./session/address/undo-email.tsx"), "UndoEmail"),
    }),
    createRoute({
      getParentRoute: () => root,
      path: "mail-preferences",
      component: pageWithTexts(
        () => import("./settings/notifications/mail-preferences.tsx"),
        "MailPreferences",
      ),
    }),
  ] as const;
}
