// Pages that are loaded when they are first needed.
import { NetworkError } from "@meetinity/client";
import { lazyRouteComponent } from "@tanstack/react-router";
import { isReachable } from "./reachable.ts";

/**
 * Where a page cannot be loaded, the router takes it that a release has replaced it, and loads the
 * document anew. Without a network that would end the app: then it is an error that can be retried.
 */
export function lazyPage<Module extends Record<string, unknown>, Name extends keyof Module>(
  load: () => Promise<Module>,
  name: Name,
) {
  const loadOrTell = () =>
    load().catch(async (error: unknown) => {
      // The router knows the error by its message.
      throw (await isReachable()) ? error : new NetworkError("The page could not be loaded.");
    });
  return lazyRouteComponent<Module, Name>(loadOrTell, name);
}
