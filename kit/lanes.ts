// A lane gathers what is asked in one turn of the event loop, and while the batch before is under
// way, and does it together: one round trip for many small writes. It promises nothing about
// durability: an item is done when its own promise resolves.

export interface Lane<In, Out> {
  /** Adds an item; rejects with what `overflow` makes when too many wait already. */
  add(item: In): Promise<Out>;
}

interface LaneOptions<In, Out> {
  /** Does a batch and gives one result for each item, in their order. */
  readonly run: (batch: readonly In[]) => Promise<readonly Out[]>;
  readonly batchMax: number;
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
  resolve(result: Out): void;
  reject(error: unknown): void;
}

/** A lane that does one batch at a time. */
export function createLane<In, Out>(options: LaneOptions<In, Out>): Lane<In, Out> {
  const waiting: Waiting<In, Out>[] = [];
  let isBusy = false;

  async function drain(): Promise<void> {
    while (waiting.length > 0) await runBatch(options, waiting.splice(0, options.batchMax));
    isBusy = false;
  }

  return {
    add(item) {
      if (waiting.length >= options.waitingMax) return Promise.reject(options.overflow());
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (isBusy) return;
        isBusy = true;
        setImmediate(() => void drain());
      });
    },
  };
}

/** Never rejects: every item is told by itself how it ended. */
async function runBatch<In, Out>(
  options: LaneOptions<In, Out>,
  batch: readonly Waiting<In, Out>[],
): Promise<void> {
  try {
    const results = await options.run(batch.map(({ item }) => item));
    if (results.length !== batch.length) {
      throw new Error(`a lane gave ${results.length} results for ${batch.length} items`);
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
