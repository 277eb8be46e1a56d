// Guarantees of the keyed queue: order, independent keys, and going on after a failure.
import { expect, test } from "vitest";
import { createKeyedQueue } from "./keyed-queue.ts";

test("work of one key runs one at a time, in the order of the calls, also after a failure", async () => {
  const queue = createKeyedQueue();
  const steps: string[] = [];
  const work = (name: string) => async () => {
    steps.push(`${name} begins`);
    await Promise.resolve();
    steps.push(`${name} ends`);
    if (name === "b") throw new Error(name);
    return name;
  };
  const running = ["a", "b", "c"].map((name) => queue.run("key", work(name)));
  const outcomes = await Promise.allSettled(running);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(steps).toEqual(["a", "b", "c"].flatMap((name) => [`${name} begins`, `${name} ends`]));
});

test("work of other keys does not wait", async () => {
  const queue = createKeyedQueue();
  let open = () => {};
  const blocked = queue.run("slow", () => new Promise<void>((resolve) => (open = resolve)));
  expect(await queue.run("fast", async () => "done")).toBe("done");
  open();
  await blocked;
});
