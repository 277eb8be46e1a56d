// Empties the loaders of a request after a change, so that later mutations of the same operation
// and the fields of the answer read the new state.
import type { Context } from "./context.ts";

export function clearLoaders({ loaders }: Pick<Context, "loaders">): void {
  for (const loader of Object.values(loaders)) loader.clearAll();
}
