// The metrics of the embedded store.
import type { OperationName } from "#kit/storage/embedded/operations";
import { counter, histogram, REQUEST_SECONDS } from "#kit/telemetry/metrics";

const durations = histogram(
  "storage_request_seconds",
  "Duration of a request to the embedded store, with its bytes.",
  REQUEST_SECONDS,
  ["operation", "outcome"],
);
const bytes = counter("storage_bytes_total", "Bytes of requests and answers of the store.", [
  "direction",
]);

/** `refused` is about the request, `failed` about us, `broken` about the connection. */
export type StoreOutcome = "served" | "refused" | "failed" | "broken";

export interface RequestFacts {
  /** `none` for a request that is not let in. */
  readonly operation: OperationName | "none";
  readonly outcome: StoreOutcome;
  readonly tookMs: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export function countRequest(facts: RequestFacts): void {
  const { operation, outcome, tookMs, bytesIn, bytesOut } = facts;
  durations.observe({ operation, outcome }, tookMs / 1_000);
  bytes.inc({ direction: "in" }, bytesIn);
  bytes.inc({ direction: "out" }, bytesOut);
}
