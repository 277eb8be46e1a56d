// Work on many items, a few at a time.

/** Works on every item, at most `laneCount` at once. After the first failure none is begun. */
export async function inLanes<Item>(
  laneCount: number,
  items: Iterable<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = oneByOne(items);
  const lane = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: laneCount }, lane));
}

/** A generator, unlike an array's iterator, ends for all who read it when one of them throws. */
function* oneByOne<Item>(items: Iterable<Item>): Generator<Item> {
  yield* items;
}
