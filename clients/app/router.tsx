// The pages of the app and their addresses, below `/app/`.

import { Loading } from "@meetinity/ui/components/state.tsx";
import { loadPageTextsAhead } from "@meetinity/ui/i18n/i18n.ts";
import { heldChallenge } from "@meetinity/ui/session/challenge.ts";
import { viewerIsSignedIn } from "@meetinity/ui/session/guard.ts";
import { lazyPage } from "@meetinity/ui/shell/lazy-page.ts";
import { PageFailed } from "@meetinity/ui/shell/page-failed.tsx";
import {
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { conversationPages } from "./conversation-pages.ts";
import { ConversationsPage } from "./conversations/conversations-page.tsx";
import { InboxProvider } from "./conversations/inbox-context.tsx";
import { listOf } from "./conversations/list/lists.ts";
import { NoConversation } from "./conversations/no-conversation.tsx";
import { threadOf } from "./conversations/threads/thread-search.ts";
import { eventPages } from "./event-pages.ts";
import { linkedPages } from "./linked-pages.ts";
import { pageWithTexts } from "./page-with-texts.ts";
import { peoplePages } from "./people-pages.ts";
import { viewerIsLeaving, viewerIsUnconfirmed, viewerLacksSecondFactor } from "./session/guard.ts";
import { SignIn } from "./session/sign-in.tsx";
import { settingsPages } from "./settings-pages.ts";
import { client } from "./shell/client.ts";
import { hasSignedUp, markSigningUp } from "./shell/first-steps.ts";
import { NotFound } from "./shell/not-found.tsx";
import { newcomerOf, originOf, placeOf, untilOf } from "./shell/search.ts";
import { Shell } from "./shell/shell.tsx";
import { welcomePages } from "./welcome-pages.ts";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const signedOut = createRoute({
  getParentRoute: () => root,
  id: "signedOut",
  validateSearch: originOf,
  beforeLoad: async ({ search }) => {
    if (!(await viewerIsSignedIn(client))) return;
    if (hasSignedUp()) {
      markSigningUp(false);
      if (!viewerIsUnconfirmed()) throw redirect({ to: "/welcome", search, replace: true });
      const confirming = { ...search, isNew: true } as const;
      throw redirect({ to: "/confirm-address", search: confirming, replace: true });
    }
    // Once for each sign-in: the person may put it off.
    if (viewerLacksSecondFactor() && !viewerIsLeaving()) {
      throw redirect({ to: "/two-step-sign-in", search, replace: true });
    }
    throw redirect({ ...placeOf(search.to), replace: true });
  },
});

const signIn = createRoute({ getParentRoute: () => signedOut, path: "sign-in", component: SignIn });
const signUp = createRoute({
  getParentRoute: () => signedOut,
  path: "sign-up",
  component: lazyPage(() => import("./session/sign-up.tsx"), "SignUp"),
});

const signInByMail = createRoute({
  getParentRoute: () => signedOut,
  path: "sign-in-by-mail",
  component: pageWithTexts(() => import("./session/recovery/sign-in-by-mail.tsx"), "SignInByMail"),
});

const secondStep = createRoute({
  getParentRoute: () => signedOut,
  path: "second-factor",
  beforeLoad() {
    if (heldChallenge() === null) throw redirect({ to: "/sign-in", search: true, replace: true });
  },
  component: pageWithTexts(
    () => import("@meetinity/ui/session/second-step/page.tsx"),
    "SecondStepPage",
  ),
});

const left = createRoute({
  getParentRoute: () => root,
  path: "left",
  validateSearch: untilOf,
  component: pageWithTexts(() => import("./session/leaving/left-page.tsx"), "LeftPage"),
});

const leaving = createRoute({
  getParentRoute: () => root,
  path: "leaving",
  beforeLoad: async () => {
    if (!(await viewerIsSignedIn(client))) throw redirect({ to: "/sign-in", replace: true });
    if (!viewerIsLeaving()) throw redirect({ to: "/", replace: true });
  },
  component: pageWithTexts(() => import("./session/leaving/leaving-page.tsx"), "LeavingPage"),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signedIn",
  beforeLoad: async ({ location }) => {
    if (await viewerIsSignedIn(client)) {
      if (viewerIsLeaving()) throw redirect({ to: "/leaving", replace: true });
      return;
    }
    const to = location.pathname === "/" ? {} : { to: location.href };
    throw redirect({ to: "/sign-in", search: to, replace: true });
  },
  component: SignedIn,
});

const ConversationPage = lazyPage(
  () => import("./conversations/conversation-page.tsx"),
  "ConversationPage",
);

function SignedIn() {
  // Before it is needed: without a network it could not be opened.
  useEffect(() => {
    void ConversationPage.preload?.();
    loadPageTextsAhead();
  }, []);
  return (
    <InboxProvider>
      <Outlet />
    </InboxProvider>
  );
}

const Offer = lazy(() => import("./welcome/offer.tsx").then(({ Offer }) => ({ default: Offer })));

/** Home has the offer below everything: it moves nothing when it comes. */
const conversations = createRoute({
  getParentRoute: () => signedIn,
  id: "conversations",
  validateSearch: listOf,
  component: () => (
    <ConversationsPage
      below={
        <Suspense>
          <Offer />
        </Suspense>
      }
    />
  ),
});

const noConversation = createRoute({
  getParentRoute: () => conversations,
  path: "/",
  component: NoConversation,
});

const conversationRoute = createRoute({
  getParentRoute: () => conversations,
  path: "conversations/$conversationId",
  validateSearch: threadOf,
  component: ConversationPage,
});

/** After signing up. */
const confirmAddress = createRoute({
  getParentRoute: () => signedIn,
  path: "confirm-address",
  validateSearch: (search: Record<string, unknown>) => ({
    ...originOf(search),
    ...newcomerOf(search),
  }),
  component: pageWithTexts(() => import("./session/address/confirm-address.tsx"), "ConfirmAddress"),
});

/** The list of settings, with the page that is open. */
const settings = createRoute({
  getParentRoute: () => signedIn,
  id: "settings",
  component: pageWithTexts(() => import("./settings/settings-frame.tsx"), "SettingsFrame"),
});

const twoStepSignIn = createRoute({
  getParentRoute: () => signedIn,
  path: "two-step-sign-in",
  validateSearch: originOf,
  beforeLoad({ search }) {
    if (!viewerLacksSecondFactor()) throw redirect({ ...placeOf(search.to), replace: true });
  },
  component: pageWithTexts(
    () => import("./settings/second-factor/required-page.tsx"),
    "SecondFactorRequiredPage",
  ),
});

const routeTree = root.addChildren([
  signedOut.addChildren([signIn, signUp, signInByMail, secondStep]),
  ...linkedPages(root),
  left,
  leaving,
  signedIn.addChildren([
    confirmAddress,
    ...welcomePages(signedIn),
    ...peoplePages(signedIn),
    settings.addChildren(settingsPages(settings)),
    conversations.addChildren([noConversation, conversationRoute]),
    ...conversationPages(signedIn),
    ...eventPages(signedIn),
    twoStepSignIn,
  ]),
]);

export const router = createRouter({
  routeTree,
  basepath: "/app",
  defaultPreload: "intent",
  defaultPendingComponent: Loading,
  defaultErrorComponent: PageFailed,
  scrollRestoration: true,
  // A panel that opens beside a page leaves the page where it is.
  getScrollRestorationKey: ({ state, href }) => state.beneath ?? state.__TSR_key ?? href,
  scrollToTopSelectors: ["#content"],
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
  interface HistoryState {
    /** The scroll position's key of the page beside which this one has opened something. */
    readonly beneath?: string;
  }
}
