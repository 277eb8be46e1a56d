// The store of kept answers, loaded when it is first used: the first picture does without it.
import type { KeptStore } from "@meetinity/client";

const load = () => import("./kept-store.ts").then(({ keptStore }) => keptStore);

export const lazyStore: KeptStore = {
  read: async (...of) => (await load()).read(...of),
  write: async (...of) => (await load()).write(...of),
  keepOnly: async (...of) => (await load()).keepOnly(...of),
};
