// Whether the server can be reached, as the latest requests have found it.
import { createObservable, type Observable } from "./observable.ts";

/** `away` from a request without an answer until the next answer, or the next open socket. */
export type NetworkState = "reached" | "away";

export interface Network extends Observable<NetworkState> {
  readonly isAway: boolean;
  /** There was an answer, whatever it says. */
  heard(): void;
  /** There was none. */
  missed(): void;
}

export function createNetwork(): Network {
  const state = createObservable<NetworkState>("reached");
  return {
    getSnapshot: state.getSnapshot,
    subscribe: state.subscribe,
    get isAway() {
      return state.getSnapshot() === "away";
    },
    heard: () => state.set("reached"),
    missed: () => state.set("away"),
  };
}
