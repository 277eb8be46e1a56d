// Guarantees about counting the statements of requests that run at the same time.
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { countStatement, inScope, statementsSoFar } from "./scope.ts";

async function send(count: number): Promise<number | undefined> {
  for (let sent = 0; sent < count; sent += 1) {
    countStatement();
    await setImmediate();
  }
  return statementsSoFar();
}

test("each request counts its own statements, whatever runs at the same time", async () => {
  const requests = [3, 0, 5].map((count) => inScope(null, () => send(count)));
  expect(await Promise.all(requests)).toEqual([3, 0, 5]);
});

test("a statement outside of any request is not counted", async () => {
  expect(await send(2)).toBeUndefined();
});
