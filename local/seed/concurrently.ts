// Works on many items, a few at a time.

/** Works on every item, at most `concurrency` at once. A failure starts no further item. */
export async function concurrently<Item>(
  concurrency: number,
  items: Iterable<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = oneByOne(items);
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

/** A generator, unlike an array's iterator, ends for all its readers when one of them throws. */
function* oneByOne<Item>(items: Iterable<Item>): Generator<Item> {
  yield* items;
}
