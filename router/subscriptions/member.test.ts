// Guarantees about one member of a shared stream, frame by frame. What holds of all of them
// together, whatever happens, is in member.property.test.ts.
import { GraphQLError as Failure } from "graphql";
import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  aMember,
  checkpoint,
  failure,
  firstCheckpoint,
  frame,
  live,
  replayed,
  revocation,
} from "../../tests/kit/member-under-test.ts";

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** One who is up to date at 5. */
async function standing() {
  const member = aMember();
  member.feed.position = 5;
  await member.controlSends(firstCheckpoint(5));
  return member;
}

describe("whoever is admitted", () => {
  test("has their replay wait until the feed is open, and then goes on with the feed", async () => {
    const { control, controlSends, opened, feedSends, received, controlPositions } = aMember();
    await controlSends(firstCheckpoint(3, 4));
    expect(control().consumed).not.toHaveBeenCalled();
    opened(4);
    expect(control().consumed).toHaveBeenCalledExactlyOnceWith(true);
    await controlSends(replayed(4));
    await feedSends(frame(5));
    await controlSends(replayed(5), checkpoint(5, false));
    await feedSends(frame(5), frame(6));
    expect(received).toEqual(["replayed 4", "replayed 5", "6"]);
    expect(controlPositions).toEqual([undefined]);
  });

  test("gets from the feed what was told while they were replayed", async () => {
    const { feed, controlSends, received } = aMember();
    feed.position = 7;
    feed.ring = [6, 7].map((at) => frame(at));
    await controlSends(firstCheckpoint(4, 5), replayed(5), checkpoint(5, false));
    expect(received).toEqual(["replayed 5", "6", "7"]);
  });

  test("is not replayed what the feed has kept", async () => {
    const { control, feed, controlSends, feedSends, received } = aMember();
    feed.position = 7;
    feed.ring = [4, 5, 6, 7].map((at) => frame(at));
    await controlSends(firstCheckpoint(4, 6));
    expect(control().joined).toHaveBeenCalledOnce();
    expect(control().consumed).not.toHaveBeenCalled();
    await feedSends(frame(8));
    expect(received).toEqual(["5", "6", "7", "8"]);
  });

  test.each([
    ["behind them, if they are near its end", 228, 100],
    ["at its end, if they are far behind", 229, 229],
  ])("and is the first has a feed begun %s", async (_where, head, beginning) => {
    const { feedPositions, controlSends } = aMember();
    await controlSends(firstCheckpoint(100, head));
    expect(feedPositions).toEqual([beginning]);
  });

  test("and lacks something is admitted again behind what they have", async () => {
    const { feedSends, controlSends, controlPositions, received, opened } = await standing();
    await feedSends(frame(7));
    expect(controlPositions).toEqual([undefined, 5]);
    await controlSends(firstCheckpoint(5, 7), replayed(6), replayed(7), checkpoint(7, false));
    opened(9);
    expect(controlPositions).toEqual([undefined, 5, 7]);
    expect(received).toEqual(["replayed 6", "replayed 7"]);
  });

  test("goes on with the feed while their control stream is broken, and is admitted again", async () => {
    const { control, feedSends, controlSends, controlPositions, received } = await standing();
    control().sink.end(failure("SUBGRAPH_UNAVAILABLE"));
    await feedSends(frame(6));
    await vi.advanceTimersByTimeAsync(100);
    expect(controlPositions).toEqual([undefined, 6]);
    await feedSends(frame(7));
    await controlSends(firstCheckpoint(6, 7), replayed(7), checkpoint(7, false));
    expect(received).toEqual(["6", "replayed 7"]);
  });

  test("is admitted once where both ask for it, a broken control stream and the feed", async () => {
    const { control, feedSends, controlSends, controlPositions } = await standing();
    control().sink.end(failure("SUBGRAPH_UNAVAILABLE"));
    await feedSends(frame(7));
    await controlSends(firstCheckpoint(5, 7), replayed(6), replayed(7), checkpoint(7, false));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(controlPositions).toEqual([undefined, 5]);
  });

  test("is told why the feed was lost", async () => {
    const { joined, received } = await standing();
    for (const own of joined) own.lost([new Failure("", { extensions: { code: "FORBIDDEN" } })]);
    expect(received).toEqual(["FORBIDDEN"]);
  });
});

describe("whoever is put out", () => {
  test("by an entry of the feed has that entry, and nothing behind it", async () => {
    const { feedSends, received, onEnd } = await standing();
    await feedSends(frame(6), frame(7, { revoked: ["other", "me"] }), frame(8));
    expect(received).toEqual(["6", "7", "complete"]);
    expect(onEnd).toHaveBeenCalledOnce();
  });

  test("and hears so first from their control stream still has up to that entry", async () => {
    const { control, controlSends, feedSends, received } = await standing();
    await controlSends(live({ position: 7, last: true }));
    control().sink.end(null);
    await feedSends(frame(6), frame(7), frame(8));
    expect(received).toEqual(["6", "7", "complete"]);
  });

  test("does not wait for ever for what nobody brings, and is not told that they have it", async () => {
    const both = [await standing(), await standing()] as const;
    for (const { controlSends } of both) await controlSends(live({ position: 7, last: true }));
    await both[0].feedSends(frame(7));
    await vi.advanceTimersByTimeAsync(5_000);
    for (const { received } of both) expect(received).toEqual(["SUBGRAPH_UNAVAILABLE"]);
  });

  test("by an entry from before they came back hears on, have they had it or not", async () => {
    const member = aMember();
    member.feed.position = 4;
    await member.controlSends(firstCheckpoint(4, 5));
    await member.feedSends(...[4, 5].map((at) => frame(at, { revoked: ["me"] })), frame(6));
    expect(member.received).toEqual(["5", "6"]);
  });

  test("by a block hears nothing more, and the reason as the subgraph gives it", async () => {
    const { control, feedSends, received } = await standing();
    await feedSends(revocation(5, "me"), frame(6));
    control().sink.end(failure("NOT_FOUND"));
    expect(received).toEqual(["NOT_FOUND"]);
  });

  test("by a block that is told late, and is in again, misses nothing", async () => {
    const { feedSends, controlSends, controlPositions, received } = await standing();
    await feedSends(frame(6), revocation(6, "me"), frame(7));
    expect(controlPositions).toEqual([undefined, 6]);
    await controlSends(firstCheckpoint(6, 7), replayed(7), checkpoint(7, false));
    await feedSends(frame(8));
    expect(received).toEqual(["6", "replayed 7", "8"]);
  });

  test("because their session ended is not told what waits", async () => {
    const { client, feedSends, received, joined } = await standing();
    client.over(new Failure("", { extensions: { code: "UNAUTHENTICATED" } }));
    await feedSends(frame(6));
    expect(received).toEqual(["UNAUTHENTICATED"]);
    expect(joined.size).toBe(0);
  });
});

test.each(["NOT_FOUND", "FORBIDDEN", "SUBGRAPH_UNAVAILABLE"])(
  "whoever is not admitted is told %s",
  async (code) => {
    const { control, received } = aMember();
    control().sink.end(failure(code));
    expect(received).toEqual([code]);
  },
);

test("who reads too slowly is told to resume, and holds nothing back", async () => {
  const { feed, controlSends, feedSends, joined, onEnd, received } = aMember(true);
  feed.position = 5;
  await controlSends(firstCheckpoint(5));
  await feedSends(...Array.from({ length: 400 }, (_, at) => frame(at + 6)));
  expect(received).toHaveLength(64);
  expect(joined.size).toBe(0);
  expect(onEnd).toHaveBeenCalledOnce();
});

test("what is not shared is told as an ordinary stream, until it is cancelled", async () => {
  const { controlSends, received, cancel, unregistered } = aMember();
  await controlSends(live({ shareKey: null }));
  cancel();
  expect(received).toEqual(["ordinary", "cancelled"]);
  expect(unregistered).toHaveBeenCalledOnce();
});

test("who leaves leaves nothing behind, in the midst of anything", async () => {
  const { control, controlSends, cancel, joined, received, unregistered } = await standing();
  await controlSends(live({ position: 7, last: true }));
  cancel();
  expect(control().cancel).toHaveBeenCalled();
  expect([joined.size, vi.getTimerCount(), unregistered.mock.calls.length]).toEqual([0, 0, 1]);
  expect(received).toEqual(["complete"]);
});
