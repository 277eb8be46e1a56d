// The one client of this tab, for the parts that all apps share.
import type { Client } from "@meetinity/client";
import { createContext, useContext } from "react";

export const ClientContext = createContext<Client | null>(null);

export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error("There is no ClientContext around this part.");
  return client;
}
