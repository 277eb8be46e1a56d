// The one client of this tab.
import { createClient } from "@meetinity/client";
import { askToReauthenticate } from "@meetinity/ui/session/step-up/asking.ts";

export const client = createClient({
  url: new URL("/graphql", location.href).href,
  tokens: "cookie",
  reauthenticate: askToReauthenticate,
});
