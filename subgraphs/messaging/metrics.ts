// The acts of people in messaging, for Prometheus. Nothing is counted by conversation or person.
import { counter, histogram } from "#kit/telemetry/metrics";

export const conversationsOpened = counter(
  "messaging_conversations_total",
  "Conversations that were made.",
  ["kind"],
);

/** The funnel counts `stored`. */
export const sendsJudged = counter(
  "messaging_sends_total",
  "Sends by their verdict; stored is an accepted message, replayed the same one again.",
  ["verdict"],
);

export const sendBatchSizes = histogram(
  "messaging_send_batch_size",
  "Sends that were stored together.",
  [1, 2, 5, 10, 20, 50, 100, 200],
);
