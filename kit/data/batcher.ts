// Collects the items that are added in one turn of the event loop, or while a batch runs, and
// handles them together: one round trip for many small queries. An item is done when its own
// promise resolves; nothing survives a crash. The span of a batch belongs to the first item that is
// sampled, and is linked to the others.
import { activeSpan, withSpan } from "#kit/telemetry/scope";
import type { Span } from "#kit/telemetry/spans";
import { inSpan } from "#kit/telemetry/traced";

export interface Batcher<In, Out> {
  /** Adds an item; rejects with the error of `overflow` when too many items wait. */
  add(item: In): Promise<Out>;
}

interface BatcherOptions<In, Out> {
  /** Of a batch in traces. */
  readonly name: string;
  /**
   * Handles a batch and returns one result for each item, in their order. The next batch does not
   * wait for a result that is a promise.
   */
  readonly run: (batch: readonly In[]) => Promise<readonly (Out | Promise<Out>)[]>;
  readonly batchMax: number;
  /** How many items may wait for results at once, including those of the running batch. */
  readonly waitingMax: number;
  /** The error of an item beyond `waitingMax`. */
  readonly overflow: () => Error;
  /**
   * True for a failure that no single item caused: all items of the batch get it. After any other
   * failure the batch is halved until the bad item fails alone, so a failed `run` must leave no
   * effects.
   */
  readonly isShared: (error: unknown) => boolean;
}

interface Waiting<In, Out> {
  readonly item: In;
  /** Null unless the trace is sampled. */
  readonly span: Span | null;
  resolve(result: Out | Promise<Out>): void;
  reject(error: unknown): void;
}

/** A batcher that runs one batch at a time. */
export function createBatcher<In, Out>(options: BatcherOptions<In, Out>): Batcher<In, Out> {
  const waiting: Waiting<In, Out>[] = [];
  let unanswered = 0;
  let isBusy = false;

  async function drain(): Promise<void> {
    while (waiting.length > 0) await runBatch(options, waiting.splice(0, options.batchMax));
    isBusy = false;
  }

  return {
    add(item) {
      if (unanswered >= options.waitingMax) return Promise.reject(options.overflow());
      unanswered += 1;
      const answer = new Promise<Out>((resolve, reject) => {
        waiting.push({ item, span: activeSpan(), resolve, reject });
        if (isBusy) return;
        isBusy = true;
        setImmediate(() => void drain());
      });
      return answer.finally(() => {
        unanswered -= 1;
      });
    },
  };
}

export interface KeyedBatchers<In, Out> {
  add(key: string, item: In): Promise<Out>;
  /** True while an item of this key has no result. */
  has(key: string): boolean;
}

/** A batcher for each key, kept while it has items. Keys do not wait for each other. */
export function createKeyedBatchers<In, Out>(
  options: BatcherOptions<In, Out>,
): KeyedBatchers<In, Out> {
  const batchers = new Map<string, { readonly batcher: Batcher<In, Out>; items: number }>();
  return {
    has: (key) => batchers.has(key),
    async add(key, item) {
      const own = batchers.get(key) ?? { batcher: createBatcher(options), items: 0 };
      batchers.set(key, own);
      own.items += 1;
      try {
        return await own.batcher.add(item);
      } finally {
        own.items -= 1;
        if (own.items === 0) batchers.delete(key);
      }
    },
  };
}

/** The batch runs in a span of its own, not in that of the item with which the batcher woke up. */
function runTraced<In, Out>(
  { name, run }: BatcherOptions<In, Out>,
  batch: readonly Waiting<In, Out>[],
): ReturnType<typeof run> {
  const items = batch.map(({ item }) => item);
  const [first, ...links] = batch.flatMap(({ span }) => span ?? []);
  if (!first) return activeSpan() ? withSpan(null, () => run(items)) : run(items);
  const attributes = { "batch.size": batch.length };
  return inSpan(first.child(`batch ${name}`, { links, attributes }), () => run(items));
}

/** Never rejects: each item's promise gets its own outcome. */
async function runBatch<In, Out>(
  options: BatcherOptions<In, Out>,
  batch: readonly Waiting<In, Out>[],
): Promise<void> {
  try {
    const results = await runTraced(options, batch);
    if (results.length !== batch.length) {
      throw new Error(`a batcher gave ${results.length} results for ${batch.length} items`);
    }
    for (const [at, result] of results.entries()) batch[at]?.resolve(result);
  } catch (error) {
    if (batch.length === 1 || options.isShared(error)) {
      for (const { reject } of batch) reject(error);
      return;
    }
    const middle = Math.ceil(batch.length / 2);
    await runBatch(options, batch.slice(0, middle));
    await runBatch(options, batch.slice(middle));
  }
}
