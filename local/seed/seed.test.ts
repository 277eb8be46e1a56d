// The seed refuses to run in production.
import { afterEach, expect, test, vi } from "vitest";
import { seed } from "./seed.ts";

afterEach(() => vi.unstubAllEnvs());

test("in production the seed fails before it sends anything", async () => {
  vi.stubEnv("NODE_ENV", "production");
  const fetched = vi.spyOn(globalThis, "fetch");
  const stack = { urls: { databases: { users: "postgres://unused" } } };
  const seeding = seed({ graphqlUrl: "http://router.test/graphql", stack });
  await expect(seeding).rejects.toThrow("not for production");
  expect(fetched).not.toHaveBeenCalled();
});
