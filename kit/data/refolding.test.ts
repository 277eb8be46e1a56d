// Guarantees of refolding: a search waits until all stored folds are of the current version.
import type { GraphQLError } from "graphql";
import { afterEach, expect, test, vi } from "vitest";
import { type Refolding, startRefolding } from "#kit/data/refolding";
import { createLog } from "#kit/service/logger";

const log = createLog({ name: "refolding", level: "silent" });
let refolding: Refolding | undefined;
afterEach(() => refolding?.stop());

/** Rows that wait to be folded; `isFailing` makes the next batch throw. */
function aStore(rows: number) {
  const store = {
    rows,
    isFailing: false,
    batches: 0,
    async refold(limit: number): Promise<number> {
      store.batches += 1;
      if (store.isFailing) throw new Error("no database");
      const found = Math.min(limit, store.rows);
      store.rows -= found;
      return found;
    },
  };
  return store;
}

const start = (store: ReturnType<typeof aStore>) => {
  refolding = startRefolding({ name: "rows", log, everyMs: 5, retryMs: 5, ...store });
  return refolding;
};

const refusalOf = (of: Refolding): GraphQLError | null => {
  try {
    of.require();
    return null;
  } catch (error) {
    return error as GraphQLError;
  }
};

test("until all rows are folded, searches are refused and the process is not ready", async () => {
  const store = aStore(1_200);
  store.isFailing = true;
  const started = start(store);
  await vi.waitFor(() => expect(store.batches).toBeGreaterThan(1));
  await expect(started.check()).rejects.toThrow("rows are not folded yet");
  expect(refusalOf(started)?.extensions).toEqual({
    code: "SUBGRAPH_UNAVAILABLE",
    retryAfterMs: 1_000,
  });
  store.isFailing = false;
  await vi.waitFor(() => started.check());
  expect(store.rows).toBe(0);
  expect(refusalOf(started)).toBeNull();
});

test("rows that an older release adds later are folded too, also after an outage", async () => {
  const store = aStore(0);
  const started = start(store);
  await vi.waitFor(() => started.check());
  store.isFailing = true;
  store.rows = 3;
  const before = store.batches;
  await vi.waitFor(() => expect(store.batches).toBeGreaterThan(before + 1));
  expect(refusalOf(started)).toBeNull();
  store.isFailing = false;
  await vi.waitFor(() => expect(store.rows).toBe(0));
});

test("after a stop, nothing is folded", async () => {
  const store = aStore(0);
  const started = start(store);
  await started.stop();
  const { batches } = store;
  store.rows = 1;
  await new Promise(setImmediate);
  expect(store).toMatchObject({ batches, rows: 1 });
});
