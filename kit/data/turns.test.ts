// Turns: order, independence, and going on after a failure.
import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

test("work of one key runs one at a time, in the order of asking, also after a failure", async () => {
  const turns = createTurns();
  const told: string[] = [];
  const work = (name: string) => async () => {
    told.push(`${name} begins`);
    await Promise.resolve();
    told.push(`${name} ends`);
    if (name === "b") throw new Error(name);
    return name;
  };
  const taken = ["a", "b", "c"].map((name) => turns.take("key", work(name)));
  const outcomes = await Promise.allSettled(taken);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(told).toEqual(["a", "b", "c"].flatMap((name) => [`${name} begins`, `${name} ends`]));
});

test("other keys do not wait", async () => {
  const turns = createTurns();
  let open = () => {};
  const blocked = turns.take("slow", () => new Promise<void>((resolve) => (open = resolve)));
  expect(await turns.take("fast", async () => "done")).toBe("done");
  open();
  await blocked;
});
