// Pages that are loaded when they are first needed.
import { NetworkError } from "@meetinity/client";
import { lazyRouteComponent } from "@tanstack/react-router";
import { isReachable } from "./reachable.ts";

/** A line that hangs is none. */
const LOADED_MS = 30_000;

function inTime<Module>(loading: Promise<Module>): Promise<Module> {
  return new Promise((resolve, reject) => {
    const late = new NetworkError(`The page did not come within ${LOADED_MS} ms.`);
    const timer = setTimeout(() => reject(late), LOADED_MS);
    loading.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * Where a page cannot be loaded, the router takes it that a release has replaced it, and loads the
 * document anew. Without a network that would end the app: then it is an error that can be retried.
 */
export function lazyPage<Module extends Record<string, unknown>, Name extends keyof Module>(
  load: () => Promise<Module>,
  name: Name,
) {
  const loadOrTell = () =>
    inTime(load()).catch(async (error: unknown) => {
      // The router knows the error by its message.
      throw (await isReachable()) ? error : new NetworkError("The page could not be loaded.");
    });
  return lazyRouteComponent<Module, Name>(loadOrTell, name);
}
