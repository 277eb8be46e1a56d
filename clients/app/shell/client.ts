// The one client of this tab.
import { createClient, createWebStore } from "@meetinity/client";

export const client = createClient({
  url: new URL("/graphql", location.href).href,
  tokens: "cookie",
  outbox: createWebStore(localStorage, "meetinity.outbox"),
});
