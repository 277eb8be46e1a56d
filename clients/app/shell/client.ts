// The one client of this tab.
import { createClient, createWebStore } from "@meetinity/client";

export const client = createClient({
  url: new URL("/graphql", location.href).href,
  tokens: createWebStore(localStorage, "meetinity.token"),
  outbox: createWebStore(localStorage, "meetinity.outbox"),
});
