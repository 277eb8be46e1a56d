// The one client of this tab.
import { createClient, createWebStore } from "@meetinity/client";
import { lazyStore } from "@meetinity/ui/offline/lazy-store.ts";
import { askToReauthenticate } from "@meetinity/ui/session/step-up/asking.ts";
import { KEPT_READS } from "../offline/kept-reads.ts";
import { SEEN_EVENTS } from "./seen-events.ts";

/** Where it is kept when tickets were read ahead, and for whom. */
export const TICKETS_READ = "meetinity.ticketsAhead";

const DRAFTS = "meetinity.drafts";

export const client = createClient({
  url: new URL("/graphql", location.href).href,
  tokens: "cookie",
  reauthenticate: askToReauthenticate,
  outbox: createWebStore(localStorage, "meetinity.outbox"),
  readMarks: createWebStore(localStorage, "meetinity.readMarks"),
  drafts: createWebStore(localStorage, DRAFTS),
  lastViewer: createWebStore(localStorage, "meetinity.viewer"),
  kept: { store: lazyStore, operations: KEPT_READS },
});

client.session.subscribe(() => {
  const { status } = client.session.getSnapshot();
  if (status !== "signedOut") return;
  localStorage.removeItem(SEEN_EVENTS);
  // Also where nothing has read them.
  localStorage.removeItem(DRAFTS);
});
