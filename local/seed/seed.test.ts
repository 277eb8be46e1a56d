// Where the seed refuses to work.
import { afterEach, expect, test, vi } from "vitest";
import { seed } from "./seed.ts";

afterEach(() => vi.unstubAllEnvs());

test("production gets no demo data, and no request", async () => {
  vi.stubEnv("NODE_ENV", "production");
  const fetched = vi.spyOn(globalThis, "fetch");
  const stack = { urls: { databases: { users: "postgres://unused" } } };
  const seeding = seed({ graphqlUrl: "http://router.test/graphql", stack });
  await expect(seeding).rejects.toThrow("not for production");
  expect(fetched).not.toHaveBeenCalled();
});
