// Reads that many ask for at one time, such as when thousands come back at once: each turn's by one
// statement, and what comes while one runs by the next. Nothing is remembered.
import { GraphQLError } from "graphql";
import { createBatcher } from "#kit/data/batcher";
import { fail } from "#kit/errors";
import { isOutage } from "#kit/outage";

const BATCH_MAX = 500;
const WAITING_MAX = 20_000;

/**
 * A read of one, made of `findAll`, which finds for up to `batchMax` and gives one result for each
 * in their order. What is found was true after it was asked for. Rejects with
 * `SUBGRAPH_UNAVAILABLE` when 20,000 wait.
 */
export function createLookup<In, Out>(
  findAll: (asked: readonly In[]) => Promise<readonly Out[]>,
  batchMax = BATCH_MAX,
): (asked: In) => Promise<Out> {
  const batcher = createBatcher({
    run: findAll,
    batchMax,
    waitingMax: WAITING_MAX,
    overflow: () => fail("SUBGRAPH_UNAVAILABLE", "Too many come at once: come again."),
    isShared: (error) => error instanceof GraphQLError || isOutage(error),
  });
  return batcher.add;
}
