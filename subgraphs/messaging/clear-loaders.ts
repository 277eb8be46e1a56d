// What a request has loaded is no longer true once it has changed something: the mutations behind
// it in the same operation, and the fields of its own answer, read anew.
import type { Context } from "./context.ts";

export function clearLoaders({ loaders }: Pick<Context, "loaders">): void {
  for (const loader of Object.values(loaders)) loader.clearAll();
}
