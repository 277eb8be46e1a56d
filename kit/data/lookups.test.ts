// Guarantees of lookups: reads that many callers make at one time.
import { describe, expect, test } from "vitest";
import { createLookup } from "./lookups.ts";

/** A lookup of squares, which the test answers. */
function squares() {
  const queried: (readonly number[])[] = [];
  const answers: ((error?: Error) => void)[] = [];
  const lookup = createLookup("doubles", async (numbers: readonly number[]) => {
    queried.push(numbers);
    await new Promise<void>((resolve, reject) =>
      answers.push((error) => (error ? reject(error) : resolve())),
    );
    return numbers.map((number) => number * number);
  });
  const turn = () => new Promise(setImmediate);
  return { queried, answers, lookup, turn };
}

describe("a lookup", () => {
  test("queries once for all callers of one turn, and once for all who call meanwhile", async () => {
    const { queried, answers, lookup, turn } = squares();
    const first = [1, 2, 3].map(lookup);
    await turn();
    const second = [4, 5].map(lookup);
    await turn();
    expect(queried).toEqual([[1, 2, 3]]);
    answers[0]?.();
    expect(await Promise.all(first)).toEqual([1, 4, 9]);
    await turn();
    expect(queried).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    answers[1]?.();
    expect(await Promise.all(second)).toEqual([16, 25]);
  });

  test("fails all callers of a turn after an outage, and not those of the next", async () => {
    const { answers, lookup, turn } = squares();
    const first = [1, 2].map(lookup);
    await turn();
    answers[0]?.(Object.assign(new Error("gone"), { code: "ECONNREFUSED" }));
    for (const each of first) await expect(each).rejects.toThrow("gone");
    const next = lookup(3);
    await turn();
    answers[1]?.();
    expect(await next).toBe(9);
  });

  test("refuses callers while 20,000 wait", async () => {
    const { lookup } = squares();
    for (let at = 0; at < 20_000; at += 1) void lookup(at);
    await expect(lookup(0)).rejects.toMatchObject({
      extensions: { code: "SUBGRAPH_UNAVAILABLE" },
    });
  });
});
