// Guarantees about flow control between a subgraph and the router.
import { describe, expect, test } from "vitest";
import { createWindows } from "./windows.ts";

function counter() {
  let value = 0;
  let isEnded = false;
  return {
    get isEnded() {
      return isEnded;
    },
    get given() {
      return value;
    },
    async next() {
      value += 1;
      return { done: false as const, value };
    },
    async return() {
      isEnded = true;
      return { done: true as const, value: undefined };
    },
  };
}

const SOCKET = {};

function opened(size = 3) {
  const windows = createWindows();
  const source = counter();
  const paced = windows.open(SOCKET, "1", size)?.pace(source);
  if (!paced) throw new Error("no window");
  return { windows, source, paced };
}

describe("a window", () => {
  test("passes as many values as it has room for, and more when some are taken", async () => {
    const { windows, source, paced } = opened();
    for (let at = 0; at < 3; at += 1) await paced.next();
    const fourth = paced.next();
    windows.receivePing(SOCKET, { taken: { "2": 1 } });
    windows.receivePing({}, { taken: { "1": 1 } });
    expect(source.given).toBe(3);
    windows.receivePing(SOCKET, { taken: { "1": 1 } });
    expect((await fourth).value).toBe(4);
  });

  test("never has more room than it was opened with", async () => {
    const { windows, source, paced } = opened();
    windows.receivePing(SOCKET, { taken: { "1": 1_000 } });
    for (let at = 0; at < 3; at += 1) await paced.next();
    void paced.next();
    expect(source.given).toBe(3);
  });

  test("that is full closes its source when the receiver leaves", async () => {
    const { source, paced } = opened(1);
    await paced.next();
    const waiting = paced.next();
    await paced.return?.();
    expect(await waiting).toMatchObject({ done: true });
    expect(source.isEnded).toBe(true);
  });

  test("that waits for a reply stops when the receiver leaves", async () => {
    const windows = createWindows();
    const window = windows.open(SOCKET, "1", 3);
    const paced = window?.pace(counter());
    await paced?.next();
    await paced?.next();
    const reply = window?.reply();
    await paced?.return?.();
    expect(await reply).toBe("taken");
  });

  test("is opened only by a positive integer, and no ping breaks it", () => {
    const windows = createWindows();
    for (const size of [undefined, null, 0, -1, 1.5, "3", 1e9]) {
      expect(windows.open(SOCKET, "1", size)).toBeNull();
    }
    for (const payload of [
      undefined,
      null,
      1,
      {},
      { taken: 1 },
      { joined: 1 },
      { taken: { "1": -1 } },
    ]) {
      windows.receivePing(SOCKET, payload);
    }
  });
});
