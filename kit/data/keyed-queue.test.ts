// Guarantees of the keyed queue: order, independent keys, and going on after a failure.
import { expect, onTestFinished, test } from "vitest";
import { recordSpans } from "../../tests/kit/recorded-spans.ts";
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

test("a traced request shows how long it waited for its turn, and one that did not wait shows nothing", async () => {
  const recorder = recordSpans();
  onTestFinished(recorder.stop);
  const queue = createKeyedQueue();
  let open = () => {};
  const first = recorder.trace(() =>
    queue.run("key", () => new Promise<void>((resolve) => (open = resolve))),
  );
  await Promise.resolve();
  const second = recorder.trace(() => queue.run("key", async () => "done"));
  const waits = () => recorder.spans.filter(({ name }) => name === "wait for a turn");
  expect(waits()).toMatchObject([{ isEnded: false }]);
  open();
  const [, traceId] = await Promise.all([first, second]);
  expect(waits()).toMatchObject([{ traceId, isEnded: true }]);
});
