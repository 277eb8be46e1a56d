// What one operation carries through the router, whichever transport brought it.
import type { Identity } from "#kit/trust/identity";
import type { PlannedSubscription } from "./subscription.ts";

export interface RouterContext {
  readonly identity: Identity;
  /** Where it comes from, as it is counted. */
  readonly address: string;
  readonly traceId: string;
  /**
   * When the operation, or the event of a subscription, began; its deadline counts from here. In ms
   * since the epoch.
   */
  readonly startedAt: number;
  /**
   * Takes the planned subscription in order to stream it; null where the transport carries single
   * answers only.
   */
  readonly accept: ((subscription: PlannedSubscription) => void) | null;
}
