// What a process of watchers is told to do, and what it answers.

export interface Watcher {
  readonly url: string;
  /** Said first; null where nobody need say anything. */
  readonly greeting: string | null;
  /** Said behind the greeting, with -1 where the position belongs. */
  readonly wish: string | null;
  /** The last event that it has. */
  readonly position: number;
}

export type Order =
  | { readonly kind: "open"; readonly watchers: readonly Watcher[]; readonly atOnce: number }
  /** Wait until all have the event of that position. */
  | { readonly kind: "reach"; readonly position: number }
  | { readonly kind: "cut" }
  /** Come back within the window; behind that position nothing was said. Null: nothing comes. */
  | { readonly kind: "return"; readonly position: number | null; readonly windowMs: number };

export interface Outcome {
  readonly kind: "done";
  /** Of each watcher that came back, from its moment until it had all it missed. */
  readonly timesMs: readonly number[];
  /** Events that came twice, or not behind the one before. */
  readonly wrong: number;
}
