// Guarantees of loaders: how many calls they make.
import { expect, test, vi } from "vitest";
import { newId } from "./id.ts";
import { byIdLoader, pagesLoader } from "./loaders.ts";

test("rows are found by id in one call, and a malformed id is not queried", async () => {
  const [first, second] = [newId(), newId()];
  const find = vi.fn(async (ids: readonly string[]) => ids.map((id) => ({ id })).reverse());
  const loader = byIdLoader("rows", find);
  const found = await Promise.all([first, "nonsense", second, first].map((id) => loader.load(id)));
  expect(found).toEqual([{ id: first }, null, { id: second }, { id: first }]);
  expect(find.mock.calls).toEqual([[[first, second]]]);
});

test("pages of many parents take one call for each distinct page", async () => {
  const list = vi.fn(async (parentIds: readonly string[], page: { limit: number }) =>
    parentIds.flatMap((parentId) =>
      Array.from({ length: page.limit }, (_, at) => ({ parentId, at })),
    ),
  );
  const loader = pagesLoader("children", list, (row) => row.parentId);
  const wide = { limit: 2, after: null };
  const narrow = { limit: 1, after: null };
  const pages = await Promise.all([
    loader.load({ parentId: "a", page: wide }),
    loader.load({ parentId: "b", page: { ...wide } }),
    loader.load({ parentId: "a", page: narrow }),
  ]);
  expect(pages).toEqual([
    [
      { parentId: "a", at: 0 },
      { parentId: "a", at: 1 },
    ],
    [
      { parentId: "b", at: 0 },
      { parentId: "b", at: 1 },
    ],
    [{ parentId: "a", at: 0 }],
  ]);
  expect(list).toHaveBeenCalledTimes(2);
});
