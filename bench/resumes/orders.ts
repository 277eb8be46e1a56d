// The orders to a process of watchers, and its answers.

export interface Watcher {
  readonly url: string;
  /** Sent first. Null if the server needs none. */
  readonly greeting: string | null;
  /** Sent after the greeting, with -1 in place of the position. */
  readonly wish: string | null;
  /** The position of its last event. */
  readonly position: number;
}

export type Order =
  | { readonly kind: "open"; readonly watchers: readonly Watcher[]; readonly atOnce: number }
  /** Wait until all have the event of this position. */
  | { readonly kind: "reach"; readonly position: number }
  | { readonly kind: "cut" }
  /** Reconnect within the window. `position` is the last event, null if none is expected. */
  | { readonly kind: "return"; readonly position: number | null; readonly windowMs: number };

export interface Outcome {
  readonly kind: "done";
  /** For each watcher, the time from its moment until it had all missed events. */
  readonly timesMs: readonly number[];
  /** The number of events that came twice or out of order. */
  readonly wrong: number;
}
