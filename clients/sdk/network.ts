// Whether the server can be reached, as the latest requests have found it.
import { createObservable, type Observable } from "./observable.ts";

/**
 * `away` from a request without an answer until the next answer, or the next open socket; `slow`
 * while an answer is late in whose place a new one of before is shown.
 */
export type NetworkState = "reached" | "slow" | "away";

export interface Network extends Observable<NetworkState> {
  readonly isAway: boolean;
  /** There was an answer, whatever it says. */
  heard(): void;
  /** There was none. */
  missed(): void;
  /** There is none yet. */
  waited(): void;
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
    waited: () => state.set("slow"),
  };
}
