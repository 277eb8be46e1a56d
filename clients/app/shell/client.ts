// The one client of this tab.
import { createClient, createWebStore } from "@meetinity/client";
import { askToReauthenticate } from "@meetinity/ui/session/step-up/asking.ts";
import { SEEN_EVENTS } from "./seen-events.ts";

export const client = createClient({
  url: new URL("/graphql", location.href).href,
  tokens: "cookie",
  reauthenticate: askToReauthenticate,
  outbox: createWebStore(localStorage, "meetinity.outbox"),
});

client.session.subscribe(() => {
  const { status } = client.session.getSnapshot();
  if (status === "signedOut") localStorage.removeItem(SEEN_EVENTS);
});
