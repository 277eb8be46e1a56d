// Starts and stops the consumers of a subgraph, one for each source.

import type { Sql } from "#kit/data/database";
import { type ConsumerOptions, startConsumer } from "#kit/facts/consumer";
import type { Handler } from "#kit/facts/effects";
import type { Leader } from "#kit/facts/leader";

/** Starts a consumer for every source that has handlers. */
export function startConsumers<Tx extends Sql>(
  handlers: Readonly<Record<string, readonly Handler<Tx>[]>>,
  options: Omit<ConsumerOptions<Tx>, "source" | "handlers">,
): Leader {
  const all = Object.entries(handlers).map(([source, of]) =>
    startConsumer({ ...options, source, handlers: of }),
  );
  return {
    async stop() {
      await Promise.all(all.map((consumer) => consumer.stop()));
    },
  };
}
