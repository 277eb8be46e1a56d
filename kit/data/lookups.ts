// Batched reads for many callers at one time, for example when thousands reconnect: one query for
// the calls of one turn, and one for the calls that come while it runs. Nothing is cached.
import { GraphQLError } from "graphql";
import { createBatcher } from "#kit/data/batcher";
import { fail } from "#kit/errors";
import { isOutage } from "#kit/outage";

const BATCH_MAX = 500;
const WAITING_MAX = 20_000;

/**
 * Makes a read of one item from `findAll`, which reads up to `batchMax` and returns one result for
 * each in their order. A result is never older than its call. Rejects with `SUBGRAPH_UNAVAILABLE`
 * while 20,000 calls wait. `name` is that of its batches in traces.
 */
export function createLookup<In, Out>(
  name: string,
  findAll: (items: readonly In[]) => Promise<readonly Out[]>,
  batchMax = BATCH_MAX,
): (item: In) => Promise<Out> {
  const batcher = createBatcher({
    name,
    run: findAll,
    batchMax,
    waitingMax: WAITING_MAX,
    overflow: () => fail("SUBGRAPH_UNAVAILABLE", "Too many requests at once; try again."),
    isShared: (error) => error instanceof GraphQLError || isOutage(error),
  });
  return batcher.add;
}
