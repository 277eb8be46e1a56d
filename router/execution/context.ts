// The context of one operation, the same for both transports.

import type { Span } from "#kit/telemetry/spans";
import type { RequestClient } from "#kit/trust/client";
import type { Identity } from "#kit/trust/identity";
import type { PlannedSubscription } from "./subscription.ts";
import type { TokenCookies } from "./token-cookies.ts";

export interface RouterContext {
  readonly identity: Identity;
  /** The client's address, in the form by which rates count it. */
  readonly address: string;
  /** The facts of the client for a subgraph where a credential is tried. */
  readonly client: RequestClient;
  readonly traceId: string;
  /** Null unless the trace is sampled. */
  readonly span: Span | null;
  /** Requests to subgraphs, counted as they are sent. */
  readonly calls: { count: number };
  /** When the operation began, in ms since the epoch. Its deadline counts from here. */
  readonly startedAt: number;
  /** Takes a planned subscription to stream it; null if the transport cannot stream. */
  readonly accept: ((subscription: PlannedSubscription) => void) | null;
  /** The cookies of a page of our own; null at every path but theirs. */
  readonly cookies: TokenCookies | null;
}
