// The one client of this tab.
import { createClient, type TextStore } from "@meetinity/client";

function storeOf(key: string): TextStore {
  return {
    read: async () => localStorage.getItem(key),
    async write(text) {
      if (text === null) localStorage.removeItem(key);
      else localStorage.setItem(key, text);
    },
  };
}

export const client = createClient({
  url: new URL("/graphql", location.href).href,
  tokens: storeOf("meetinity.token"),
  outbox: storeOf("meetinity.outbox"),
});
