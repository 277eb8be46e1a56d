// The pages of the portal and their addresses, below `/admin/`.

import { Loading } from "@meetinity/ui/components/state.tsx";
import { withPageTexts } from "@meetinity/ui/i18n/i18n.ts";
import { heldChallenge } from "@meetinity/ui/session/challenge.ts";
import { viewerIsSignedIn } from "@meetinity/ui/session/guard.ts";
import { lazyPage } from "@meetinity/ui/shell/lazy-page.ts";
import { PageFailed } from "@meetinity/ui/shell/page-failed.tsx";
import { createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { boardSearchOf, eventsSearchOf, originOf, textOf } from "./searches.ts";
import { SignIn } from "./session/sign-in.tsx";
import { client } from "./shell/client.ts";
import { areaOf, Desk, Home } from "./shell/desk.tsx";
import { NotFound } from "./shell/not-found.tsx";
import { Shell } from "./shell/shell.tsx";
import { within } from "./shell/within.ts";
import { doorAt, Failure } from "./without-network.tsx";

/** A page on demand, with the texts of such pages. */
const page: typeof lazyPage = (load, name) => lazyPage(withPageTexts(load), name);

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const signedOut = createRoute({
  getParentRoute: () => root,
  id: "signedOut",
  validateSearch: originOf,
  beforeLoad: async ({ search }) => {
    if (await viewerIsSignedIn(client)) throw redirect({ to: search.to ?? "/", replace: true });
  },
});

const signIn = createRoute({ getParentRoute: () => signedOut, path: "sign-in", component: SignIn });

const secondStep = createRoute({
  getParentRoute: () => signedOut,
  path: "second-factor",
  beforeLoad() {
    if (heldChallenge() === null) throw redirect({ to: "/sign-in", search: true, replace: true });
  },
  component: page(() => import("@meetinity/ui/session/second-step/page.tsx"), "SecondStepPage"),
});

/** A gate does not wait longer for a line that hangs. */
const DOOR_PATIENCE_MS = 5_000;

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signedIn",
  beforeLoad: async ({ location }) => {
    const isSignedIn = viewerIsSignedIn(client);
    const isDoor = doorAt(location.pathname) !== null;
    if (await (isDoor ? within(DOOR_PATIENCE_MS, isSignedIn) : isSignedIn)) return;
    const to = location.pathname === "/" ? {} : { to: location.href };
    throw redirect({ to: "/sign-in", search: to, replace: true });
  },
  component: Desk,
  errorComponent: Failure,
});

const home = createRoute({ getParentRoute: () => signedIn, path: "/", component: Home });

const events = createRoute({
  getParentRoute: () => signedIn,
  path: "events",
  component: areaOf("events"),
});

const eventList = createRoute({
  getParentRoute: () => events,
  path: "/",
  validateSearch: eventsSearchOf,
  component: page(() => import("./events/list/events-page.tsx"), "EventsPage"),
});

const newEvent = createRoute({
  getParentRoute: () => events,
  path: "new",
  component: page(() => import("./events/editor/editor-page.tsx"), "EditorPage"),
});

const event = createRoute({
  getParentRoute: () => events,
  path: "$eventId",
  component: page(() => import("./events/event-page.tsx"), "EventPage"),
  errorComponent: Failure,
});

const board = createRoute({
  getParentRoute: () => event,
  path: "/",
  validateSearch: boardSearchOf,
  component: page(() => import("./events/board/board-page.tsx"), "BoardPage"),
});

const hosts = createRoute({
  getParentRoute: () => event,
  path: "hosts",
  component: page(() => import("./events/hosts/hosts-page.tsx"), "HostsPage"),
});

const questions = createRoute({
  getParentRoute: () => event,
  path: "questions",
  component: page(() => import("./events/questions/questions-page.tsx"), "QuestionsPage"),
});

const details = createRoute({
  getParentRoute: () => event,
  path: "details",
  component: page(() => import("./events/details-page.tsx"), "DetailsPage"),
});

const ticketTypes = createRoute({
  getParentRoute: () => event,
  path: "tickets",
  component: page(() => import("./events/ticket-types/ticket-types-page.tsx"), "TicketTypesPage"),
});

const edit = createRoute({
  getParentRoute: () => event,
  path: "edit",
  component: page(() => import("./events/editor/edit-page.tsx"), "EditPage"),
});

const people = createRoute({
  getParentRoute: () => signedIn,
  id: "moderation",
  component: areaOf("people"),
});

const peopleList = createRoute({
  getParentRoute: () => people,
  path: "people",
  validateSearch: ({ q }: Record<string, unknown>) => textOf(q),
  component: page(() => import("./people/people-page.tsx"), "PeoplePage"),
});

const person = createRoute({
  getParentRoute: () => people,
  path: "people/$personId",
  component: page(() => import("./people/person/person-page.tsx"), "PersonPage"),
});

const suspended = createRoute({
  getParentRoute: () => people,
  path: "suspended",
  component: page(() => import("./people/suspended-page.tsx"), "SuspendedPage"),
});

const names = createRoute({
  getParentRoute: () => people,
  path: "names",
  component: page(() => import("./people/names-page.tsx"), "NamesPage"),
});

const operations = createRoute({
  getParentRoute: () => signedIn,
  path: "operations",
  component: areaOf("operations"),
});

const live = createRoute({
  getParentRoute: () => operations,
  path: "live",
  component: page(() => import("./ops/stats-page.tsx"), "StatsPage"),
});

const jobs = createRoute({
  getParentRoute: () => operations,
  path: "jobs",
  component: page(() => import("./operations/jobs-page.tsx"), "JobsPage"),
});

const erasures = createRoute({
  getParentRoute: () => operations,
  path: "erasures",
  validateSearch: ({ done }: Record<string, unknown>): { readonly done?: boolean } =>
    done === true ? { done } : {},
  component: page(() => import("./operations/erasures-page.tsx"), "ErasuresPage"),
});

const door = createRoute({
  getParentRoute: () => event,
  path: "door",
  component: page(() => import("./events/door/door-page.tsx"), "DoorPage"),
});

const routeTree = root.addChildren([
  signedOut.addChildren([signIn, secondStep]),
  signedIn.addChildren([
    home,
    events.addChildren([
      eventList,
      newEvent,
      event.addChildren([board, ticketTypes, hosts, questions, details, edit, door]),
    ]),
    people.addChildren([peopleList, person, suspended, names]),
    operations.addChildren([live, jobs, erasures]),
  ]),
]);

export const router = createRouter({
  routeTree,
  basepath: "/admin",
  defaultPreload: "intent",
  defaultPendingComponent: Loading,
  defaultErrorComponent: PageFailed,
  scrollRestoration: true,
  scrollToTopSelectors: ["#content"],
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
