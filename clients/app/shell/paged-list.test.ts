// Guarantees about lists that are kept: pages go on without repeats, a late answer shows nothing,
// and a list that the server forgot begins anew.
import { GraphError } from "@meetinity/client";
import { expect, it } from "vitest";
import { type Page, Pages } from "./paged-list.ts";

interface Item {
  readonly id: string;
}

const items = (...ids: string[]): Item[] => ids.map((id) => ({ id }));
const idsOf = (pages: Pages<Item>) => pages.state.getSnapshot().items.map(({ id }) => id);

/** Answers are given by the test, in any order. */
function aServer() {
  const asked: {
    after: string | null;
    answer(page: Page<Item>): void;
    fail(error: Error): void;
  }[] = [];
  const read = (after: string | null) =>
    new Promise<Page<Item>>((answer, fail) => asked.push({ after, answer, fail }));
  return { asked, read };
}

it("pages go on behind each other, and an item is there once", async () => {
  const { asked, read } = aServer();
  const pages = new Pages(read);
  pages.open();
  asked[0]?.answer({ items: items("a", "b"), next: "b" });
  await expect.poll(() => pages.state.getSnapshot().status).toBe("ready");
  const more = pages.loadMore();
  expect(asked[1]?.after).toBe("b");
  asked[1]?.answer({ items: items("b", "c"), next: null });
  await more;
  expect(idsOf(pages)).toEqual(["a", "b", "c"]);
  expect(pages.state.getSnapshot().hasMore).toBe(false);
  pages.add({ id: "new" });
  pages.add({ id: "a" });
  pages.remove("b");
  expect(idsOf(pages)).toEqual(["new", "a", "c"]);
});

it("the next page of a list that was read anew meanwhile is not added", async () => {
  const { asked, read } = aServer();
  const pages = new Pages(read);
  pages.open();
  asked[0]?.answer({ items: items("a"), next: "a" });
  await expect.poll(() => idsOf(pages)).toEqual(["a"]);
  const more = pages.loadMore();
  const again = pages.reload();
  asked[2]?.answer({ items: items("x"), next: null });
  await again;
  asked[1]?.answer({ items: items("b"), next: null });
  await more;
  expect(idsOf(pages)).toEqual(["x"]);
});

it("a list that the server no longer keeps begins anew", async () => {
  const { asked, read } = aServer();
  const pages = new Pages(read);
  pages.open();
  asked[0]?.answer({ items: items("a"), next: "a" });
  await expect.poll(() => idsOf(pages)).toEqual(["a"]);
  const more = pages.loadMore();
  asked[1]?.fail(new GraphError("gone", "RESYNC_REQUIRED", []));
  await expect.poll(() => asked.length).toBe(3);
  expect(asked[2]?.after).toBeNull();
  asked[2]?.answer({ items: items("x"), next: null });
  await more;
  expect(idsOf(pages)).toEqual(["x"]);
});

it("a fresh list is shown again as it is, an old one is read anew, and a failure shows what is there", async () => {
  const { asked, read } = aServer();
  let now = 0;
  const pages = new Pages(read, () => now);
  pages.open();
  asked[0]?.fail(new Error("no network"));
  await expect.poll(() => pages.state.getSnapshot().status).toBe("failed");
  pages.open();
  expect(pages.state.getSnapshot().status).toBe("loading");
  asked[1]?.answer({ items: items("a"), next: null });
  await expect.poll(() => idsOf(pages)).toEqual(["a"]);
  pages.open();
  expect(asked).toHaveLength(2);
  now += 10 * 60_000;
  pages.open();
  asked[2]?.fail(new Error("no network"));
  await Promise.resolve();
  expect(idsOf(pages)).toEqual(["a"]);
  pages.expire();
  pages.open();
  expect(asked).toHaveLength(4);
});
