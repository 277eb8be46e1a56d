// The cached answers of the bench's subgraphs.
import { expect, test } from "vitest";
import { remembering } from "./remembered.ts";

function counted() {
  let computed = 0;
  const answer = remembering(async (path, asked) => {
    computed += 1;
    return `${path} hears ${asked} and again ${asked}`;
  });
  return { answer, computed: () => computed };
}

test("requests that differ only in their keys are computed once, and answered with their own keys", async () => {
  const { answer, computed } = counted();
  await answer("/people", "k0000001-p1 and k0000001-p2");
  expect(await answer("/people", "k0000002-p1 and k0000002-p2")).toBe(
    "/people hears k0000002-p1 and k0000002-p2 and again k0000002-p1 and k0000002-p2",
  );
  expect(computed()).toBe(1);
});

test("several keys in one request each return at their position", async () => {
  const { answer, computed } = counted();
  await answer("/people", "k0000001 k0000002 k0000001");
  expect(await answer("/people", "k0000004 k0000003 k0000004")).toBe(
    "/people hears k0000004 k0000003 k0000004 and again k0000004 k0000003 k0000004",
  );
  expect(computed()).toBe(1);
});

test("another order of keys, another text and another path are computed separately", async () => {
  const { answer, computed } = counted();
  const requests = [
    ["/people", "k0000001 k0000002 k0000001"],
    ["/people", "k0000001 k0000002 k0000002"],
    ["/people", "k0000001"],
    ["/rooms", "k0000001"],
  ] as const;
  for (const [path, asked] of requests) {
    expect(await answer(path, asked)).toBe(`${path} hears ${asked} and again ${asked}`);
  }
  expect(computed()).toBe(requests.length);
});
