// Guarantees about one member of a shared stream, frame by frame. What holds of all of them
// together, whatever happens, is in member.property.test.ts.
import { GraphQLError as Failure } from "graphql";
import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  aMember,
  blockOf,
  failure,
  first,
  frame,
  live,
  mark,
  replayed,
} from "../../tests/kit/one-member.ts";

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** One who is up to date at 5. */
async function standing() {
  const member = aMember();
  member.feed.position = 5;
  await member.says(first(5));
  return member;
}

describe("whoever is admitted", () => {
  test("has their replay wait until the feed is open, and then goes on with the feed", async () => {
    const { control, says, opened, hears, told, asked } = aMember();
    await says(first(3, 4));
    expect(control().consumed).not.toHaveBeenCalled();
    opened(4);
    expect(control().consumed).toHaveBeenCalledExactlyOnceWith(true);
    await says(replayed(4));
    await hears(frame(5));
    await says(replayed(5), mark(5, false));
    await hears(frame(5), frame(6));
    expect(told).toEqual(["replayed 4", "replayed 5", "6"]);
    expect(asked).toEqual([undefined]);
  });

  test("gets from the feed what was told while they were replayed", async () => {
    const { feed, says, told } = aMember();
    feed.position = 7;
    feed.ring = [6, 7].map((at) => frame(at));
    await says(first(4, 5), replayed(5), mark(5, false));
    expect(told).toEqual(["replayed 5", "6", "7"]);
  });

  test("is not replayed what the feed has kept", async () => {
    const { control, feed, says, hears, told } = aMember();
    feed.position = 7;
    feed.ring = [4, 5, 6, 7].map((at) => frame(at));
    await says(first(4, 6));
    expect(control().joined).toHaveBeenCalledOnce();
    expect(control().consumed).not.toHaveBeenCalled();
    await hears(frame(8));
    expect(told).toEqual(["5", "6", "7", "8"]);
  });

  test.each([
    ["behind them, if they are near its end", 228, 100],
    ["at its end, if they are far behind", 229, 229],
  ])("and is the first has a feed begun %s", async (_where, head, beginning) => {
    const { feeds, says } = aMember();
    await says(first(100, head));
    expect(feeds).toEqual([beginning]);
  });

  test("and lacks something is admitted again behind what they have", async () => {
    const { hears, says, asked, told, opened } = await standing();
    await hears(frame(7));
    expect(asked).toEqual([undefined, 5]);
    await says(first(5, 7), replayed(6), replayed(7), mark(7, false));
    opened(9);
    expect(asked).toEqual([undefined, 5, 7]);
    expect(told).toEqual(["replayed 6", "replayed 7"]);
  });

  test("goes on with the feed while their control stream is broken, and is admitted again", async () => {
    const { control, hears, says, asked, told } = await standing();
    control().sink.end(failure("SUBGRAPH_UNAVAILABLE"));
    await hears(frame(6));
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toEqual([undefined, 6]);
    await hears(frame(7));
    await says(first(6, 7), replayed(7), mark(7, false));
    expect(told).toEqual(["6", "replayed 7"]);
  });

  test("is admitted once where both ask for it, a broken control stream and the feed", async () => {
    const { control, hears, says, asked } = await standing();
    control().sink.end(failure("SUBGRAPH_UNAVAILABLE"));
    await hears(frame(7));
    await says(first(5, 7), replayed(6), replayed(7), mark(7, false));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(asked).toEqual([undefined, 5]);
  });

  test("is told why the feed was lost", async () => {
    const { joined, told } = await standing();
    for (const own of joined) own.lost([new Failure("", { extensions: { code: "FORBIDDEN" } })]);
    expect(told).toEqual(["FORBIDDEN"]);
  });
});

describe("whoever is put out", () => {
  test("by an entry of the feed has that entry, and nothing behind it", async () => {
    const { hears, told, onEnd } = await standing();
    await hears(frame(6), frame(7, { revoked: ["other", "me"] }), frame(8));
    expect(told).toEqual(["6", "7", "complete"]);
    expect(onEnd).toHaveBeenCalledOnce();
  });

  test("and hears so first from their control stream still has up to that entry", async () => {
    const { control, says, hears, told } = await standing();
    await says(live({ position: 7, last: true }));
    control().sink.end(null);
    await hears(frame(6), frame(7), frame(8));
    expect(told).toEqual(["6", "7", "complete"]);
  });

  test("does not wait for ever for what nobody brings, and is not told that they have it", async () => {
    const both = [await standing(), await standing()] as const;
    for (const { says } of both) await says(live({ position: 7, last: true }));
    await both[0].hears(frame(7));
    await vi.advanceTimersByTimeAsync(5_000);
    for (const { told } of both) expect(told).toEqual(["SUBGRAPH_UNAVAILABLE"]);
  });

  test("by an entry from before they came back hears on, have they had it or not", async () => {
    const member = aMember();
    member.feed.position = 4;
    await member.says(first(4, 5));
    await member.hears(...[4, 5].map((at) => frame(at, { revoked: ["me"] })), frame(6));
    expect(member.told).toEqual(["5", "6"]);
  });

  test("by a block hears nothing more, and the reason as the subgraph gives it", async () => {
    const { control, hears, told } = await standing();
    await hears(blockOf(5, "me"), frame(6));
    control().sink.end(failure("NOT_FOUND"));
    expect(told).toEqual(["NOT_FOUND"]);
  });

  test("by a block that is told late, and is in again, misses nothing", async () => {
    const { hears, says, asked, told } = await standing();
    await hears(frame(6), blockOf(6, "me"), frame(7));
    expect(asked).toEqual([undefined, 6]);
    await says(first(6, 7), replayed(7), mark(7, false));
    await hears(frame(8));
    expect(told).toEqual(["6", "replayed 7", "8"]);
  });

  test("because their session ended is not told what waits", async () => {
    const { client, hears, told, joined } = await standing();
    client.over(new Failure("", { extensions: { code: "UNAUTHENTICATED" } }));
    await hears(frame(6));
    expect(told).toEqual(["UNAUTHENTICATED"]);
    expect(joined.size).toBe(0);
  });
});

test.each(["NOT_FOUND", "FORBIDDEN", "SUBGRAPH_UNAVAILABLE"])(
  "whoever is not admitted is told %s",
  async (code) => {
    const { control, told } = aMember();
    control().sink.end(failure(code));
    expect(told).toEqual([code]);
  },
);

test("who reads too slowly is told to resume, and holds nothing back", async () => {
  const { feed, says, hears, joined, onEnd, told } = aMember(true);
  feed.position = 5;
  await says(first(5));
  await hears(...Array.from({ length: 400 }, (_, at) => frame(at + 6)));
  expect(told).toHaveLength(64);
  expect(joined.size).toBe(0);
  expect(onEnd).toHaveBeenCalledOnce();
});

test("what is not shared is told as an ordinary stream, until it is cancelled", async () => {
  const { says, told, cancel, calledOff } = aMember();
  await says(live({ shareKey: null }));
  cancel();
  expect(told).toEqual(["ordinary", "cancelled"]);
  expect(calledOff).toHaveBeenCalledOnce();
});

test("who leaves leaves nothing behind, in the midst of anything", async () => {
  const { control, says, cancel, joined, told, calledOff } = await standing();
  await says(live({ position: 7, last: true }));
  cancel();
  expect(control().cancel).toHaveBeenCalled();
  expect([joined.size, vi.getTimerCount(), calledOff.mock.calls.length]).toEqual([0, 0, 1]);
  expect(told).toEqual(["complete"]);
});
