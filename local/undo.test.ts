// A start that fails half-way leaves nothing behind.
import { expect, test } from "vitest";
import { settleAll, undoAll } from "./undo.ts";

test("stops run in reverse order, even if one fails", async () => {
  const stopped: number[] = [];
  const stops = [1, 2, 3].map((number) => async () => {
    stopped.push(number);
    if (number === 2) throw new Error("would not stop");
  });
  await expect(undoAll(stops)).rejects.toThrow("would not stop");
  expect(stopped).toEqual([3, 2, 1]);
});

test("a failure is thrown only when nothing is still starting", async () => {
  const begun: string[] = [];
  const slow = new Promise<void>((resolve) => setImmediate(resolve)).then(() => begun.push("slow"));
  await expect(settleAll([Promise.reject(new Error("no port")), slow])).rejects.toThrow("no port");
  expect(begun).toEqual(["slow"]);
});

test("all results are in order if all succeed", async () => {
  expect(await settleAll([Promise.resolve("a"), Promise.resolve(1)])).toEqual(["a", 1]);
});
