// Guarantees about mapped iterators: any end of one ends its source.
import { describe, expect, test } from "vitest";
import { mapIterator } from "#kit/live/iterators";

function sourceOf(next: () => Promise<IteratorResult<number>>) {
  const source = {
    isOpen: true,
    next,
    async return() {
      source.isOpen = false;
      return { done: true as const, value: undefined };
    },
  };
  return source;
}

describe("a mapped iterator closes its source", () => {
  const one = async () => ({ done: false, value: 1 });

  test("when its consumer leaves", async () => {
    const source = sourceOf(one);
    const mapped = mapIterator(source, (value: number) => value + 1);
    expect(await mapped.next()).toEqual({ done: false, value: 2 });
    await mapped.return?.();
    expect(source.isOpen).toBe(false);
  });

  test.each([
    [
      "the source fails",
      sourceOf(() => Promise.reject(new Error("broken"))),
      (value: number) => value,
    ],
    ["a value cannot be mapped", sourceOf(one), () => Promise.reject(new Error("broken"))],
  ])("when %s, which a loop over it would not do", async (_what, source, map) => {
    const loop = async () => {
      for await (const value of mapIterator<number, number>(source, map)) expect(value).toBe(1);
    };
    await expect(loop()).rejects.toThrow("broken");
    expect(source.isOpen).toBe(false);
  });
});
