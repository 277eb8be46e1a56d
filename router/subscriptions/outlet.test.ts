// Guarantees about what one client is told: in order, no faster than it reads, and never more ahead
// than a socket may let wait.
import type { GraphQLFormattedError } from "graphql";
import { describe, expect, test, vi } from "vitest";
import { createOutlet } from "./outlet.ts";

/** A client whose network takes what the test says. */
function aClient() {
  const sent: string[] = [];
  const takers: (() => void)[] = [];
  const ends: (readonly GraphQLFormattedError[] | null)[] = [];
  const outlet = createOutlet({
    next(payload, onTaken) {
      sent.push(String(payload));
      takers.push(onTaken);
    },
    end: (errors) => ends.push(errors),
  });
  const push = (payload: string | Promise<string>, onSent?: () => void) =>
    outlet.push(
      typeof payload === "string"
        ? Buffer.from(payload)
        : payload.then((text) => Buffer.from(text)),
      onSent,
    );
  return {
    outlet: { ...outlet, push },
    sent,
    ends,
    /** The network takes as many frames as there are, or so many. */
    async take(count = takers.length) {
      for (const taken of takers.splice(0, count)) taken();
      await new Promise(setImmediate);
    },
  };
}

/** A payload that comes when the test says. */
function promised() {
  let resolve: (payload: string) => void = () => {};
  const promise = new Promise<string>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

const upTo = (last: number) => Array.from({ length: last }, (_, at) => String(at + 1));
const big = (name: string) => name.padEnd(20_000, ".");

describe("payloads", () => {
  test("leave at once and in order, 64 ahead of the network", async () => {
    const { outlet, sent, take } = aClient();
    for (const each of upTo(100)) expect(outlet.push(each)).toBe(true);
    expect(sent).toEqual(upTo(64));
    await take(10);
    expect(sent).toEqual(upTo(74));
    await take();
    expect(sent).toEqual(upTo(100));
  });

  test("that are large leave 64 KB ahead, and one that is larger alone", async () => {
    const { outlet, sent, take } = aClient();
    const huge = "x".repeat(100_000);
    for (const each of [big("1"), big("2"), big("3"), big("4"), huge, "5"]) outlet.push(each);
    expect(sent).toEqual([big("1"), big("2"), big("3")]);
    await take(1);
    expect(sent).toHaveLength(4);
    await take(2);
    expect(sent).toHaveLength(4);
    await take();
    expect(sent.slice(4)).toEqual([huge]);
    await take();
    expect(sent.slice(5)).toEqual(["5"]);
  });

  test("that are promised keep their place, whichever is there first", async () => {
    const { outlet, sent } = aClient();
    const first = promised();
    outlet.push(first.promise);
    outlet.push(Promise.resolve("2"));
    outlet.push("3");
    await new Promise(setImmediate);
    expect(sent).toEqual([]);
    first.resolve("1");
    await new Promise(setImmediate);
    expect(sent).toEqual(["1", "2", "3"]);
  });

  test("are said to be sent when the network took them", async () => {
    const { outlet, take } = aClient();
    const onSent = vi.fn();
    outlet.push("1", onSent);
    await new Promise(setImmediate);
    expect(onSent).not.toHaveBeenCalled();
    await take();
    expect(onSent).toHaveBeenCalledOnce();
  });

  test("beyond 64 ahead and 256 that wait are not taken in", () => {
    const { outlet } = aClient();
    const taken = upTo(400).map((each) => outlet.push(each));
    expect(taken.indexOf(false)).toBe(64 + 256);
    expect(taken.lastIndexOf(true)).toBe(64 + 256 - 1);
  });
});

describe("the end", () => {
  test("is told behind what waits, and nothing is taken in behind it", async () => {
    const { outlet, sent, ends, take } = aClient();
    for (const each of upTo(65)) outlet.push(each);
    outlet.end(null);
    expect(outlet.push("late")).toBe(false);
    expect(ends).toEqual([]);
    await take();
    expect(sent).toEqual(upTo(65));
    expect(ends).toEqual([null]);
  });

  test("at once lets go of what waits, and is told once", async () => {
    const { outlet, sent, ends, take } = aClient();
    const late = promised();
    for (const each of upTo(65)) outlet.push(each);
    outlet.push(late.promise);
    outlet.drop([{ message: "out" }]);
    late.resolve("late");
    outlet.end(null);
    outlet.drop(null);
    await take();
    expect(sent).toEqual(upTo(64));
    expect(ends).toEqual([[{ message: "out" }]]);
  });
});
