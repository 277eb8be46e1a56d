// DataLoaders for rows by id, and for pages of the children of many parents. A loader lives for one
// request, so one viewer never gets rows that were loaded for another.
import DataLoader from "dataloader";
import { isId } from "#kit/data/id";
import type { Page } from "#kit/data/pagination";
import { traced } from "#kit/telemetry/traced";

/**
 * Makes loaders on first use: opening a stream uses none, and thousands may be opened at once.
 */
export function onDemand<Loaders>(make: () => Loaders): () => Loaders {
  let made: Loaders | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A loader whose batches are spans with its name. */
export function createLoader<Key, Value, CacheKey = Key>(
  name: string,
  findAll: DataLoader.BatchLoadFn<Key, Value>,
  options: DataLoader.Options<Key, Value, CacheKey> = {},
): DataLoader<Key, Value, CacheKey> {
  return new DataLoader(
    (keys) =>
      traced(`load ${name}`, { attributes: { "batch.size": keys.length } }, () => findAll(keys)),
    options,
  );
}

/** Loads rows by id with one call of `find` for all. Malformed ids give null without a query. */
export function byIdLoader<Row extends { readonly id: string }>(
  name: string,
  find: (ids: readonly string[]) => Promise<readonly Row[]>,
): DataLoader<string, Row | null> {
  return createLoader(name, async (ids: readonly string[]) => {
    const rows = await find(ids.filter(isId));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** A page of the children of one parent. */
export interface PageOf<Position> {
  readonly parentId: string;
  readonly page: Page<Position>;
}

export type PagesLoader<Position, Row> = DataLoader<PageOf<Position>, Row[], string>;

/** Loads pages of children with one call of `list` for all parents that want the same page. */
export function pagesLoader<Position, Row>(
  name: string,
  list: (parentIds: readonly string[], page: Page<Position>) => Promise<readonly Row[]>,
  parentIdOf: (row: Row) => string,
): PagesLoader<Position, Row> {
  const pageKeyOf = ({ page }: PageOf<Position>) => JSON.stringify(page);
  return createLoader(
    name,
    async (requests: readonly PageOf<Position>[]) => {
      const pages = new Map(requests.map((each) => [pageKeyOf(each), each.page]));
      const childrenOf = new Map<string, Row[]>();
      const load = async (pageKey: string, page: Page<Position>) => {
        const parents = requests.filter((each) => pageKeyOf(each) === pageKey);
        for (const { parentId } of parents) childrenOf.set(pageKey + parentId, []);
        const rows = await list(
          parents.map((each) => each.parentId),
          page,
        );
        for (const row of rows) childrenOf.get(pageKey + parentIdOf(row))?.push(row);
      };
      await Promise.all([...pages].map(([pageKey, page]) => load(pageKey, page)));
      return requests.map((each) => childrenOf.get(pageKeyOf(each) + each.parentId) ?? []);
    },
    { cacheKeyFn: (each) => pageKeyOf(each) + each.parentId },
  );
}
