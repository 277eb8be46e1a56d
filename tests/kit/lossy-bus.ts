// A bus that loses messages.
import type { PubSub } from "../../kit/live/pubsub.ts";

/** A bus that publishes a message unless `loses` returns true for it. */
export function lossyBus(bus: PubSub, loses: () => boolean): PubSub {
  return {
    ...bus,
    publish: (channel, message) => {
      if (!loses()) bus.publish(channel, message);
    },
  };
}

/** Returns the values of the list one by one, from the second on. The list repeats. */
export function repeating(losses: readonly boolean[]): () => boolean {
  let calls = 0;
  return () => {
    calls += 1;
    return losses[calls % losses.length] ?? false;
  };
}
