// A lane gathers what is asked in one turn of the event loop, and while the batch before is under
// way, and does it together: one round trip for many small writes. It promises nothing about
// durability: an item is done when its own promise resolves.

export interface Batcher<In, Out> {
  /** Adds an item; rejects with what `overflow` makes when too many wait already. */
  add(item: In): Promise<Out>;
}

interface BatcherOptions<In, Out> {
  /**
   * Does a batch and gives one result for each item, in their order. The promise of a result lets
   * its item go on elsewhere: the next batch begins without it.
   */
  readonly run: (batch: readonly In[]) => Promise<readonly (Out | Promise<Out>)[]>;
  readonly batchMax: number;
  /** How many items may wait for their results, those under way and elsewhere among them. */
  readonly waitingMax: number;
  /** The refusal of an item for which there is no room. */
  readonly overflow: () => Error;
  /**
   * True for a failure that is nobody's own: all items of the batch get it. After any other the
   * batch is halved until the item that breaks it fails alone, so `run` must leave nothing behind
   * when it fails.
   */
  readonly isShared: (error: unknown) => boolean;
}

interface Waiting<In, Out> {
  readonly item: In;
  resolve(result: Out | Promise<Out>): void;
  reject(error: unknown): void;
}

/** A lane that does one batch at a time. */
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
        waiting.push({ item, resolve, reject });
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

/** A lane for each key, as long as it has items. No lane waits for another. */
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

/** Never rejects: every item is told by itself how it ended. */
async function runBatch<In, Out>(
  options: BatcherOptions<In, Out>,
  batch: readonly Waiting<In, Out>[],
): Promise<void> {
  try {
    const results = await options.run(batch.map(({ item }) => item));
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
