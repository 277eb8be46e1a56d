// Guarantees about one member of a feed, frame by frame. member.property.test.ts has those about
// all members together.
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

/** A member that is live at position 5. */
async function liveMember() {
  const member = aMember();
  member.feed.position = 5;
  await member.controlSends(firstCheckpoint(5));
  return member;
}

describe("an authorized member", () => {
  test("is replayed once the feed is open, and then follows the feed", async () => {
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

  test("gets from the ring what the feed broadcast during the replay", async () => {
    const { feed, controlSends, received } = aMember();
    feed.position = 7;
    feed.ring = [6, 7].map((at) => frame(at));
    await controlSends(firstCheckpoint(4, 5), replayed(5), checkpoint(5, false));
    expect(received).toEqual(["replayed 5", "6", "7"]);
  });

  test("needs no replay of what the ring has", async () => {
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
    ["behind its position, if the head is near", 228, 100],
    ["at the head, if it is far behind", 229, 229],
  ])("that is the first opens the feed %s", async (_where, head, beginning) => {
    const { feedPositions, controlSends } = aMember();
    await controlSends(firstCheckpoint(100, head));
    expect(feedPositions).toEqual([beginning]);
  });

  test("opens a control stream behind its position at a gap", async () => {
    const { feedSends, controlSends, controlPositions, received, opened } = await liveMember();
    await feedSends(frame(7));
    expect(controlPositions).toEqual([undefined, 5]);
    await controlSends(firstCheckpoint(5, 7), replayed(6), replayed(7), checkpoint(7, false));
    opened(9);
    expect(controlPositions).toEqual([undefined, 5, 7]);
    expect(received).toEqual(["replayed 6", "replayed 7"]);
  });

  test("follows the feed while its control stream is broken, and opens another", async () => {
    const { control, feedSends, controlSends, controlPositions, received } = await liveMember();
    control().sink.end(failure("SUBGRAPH_UNAVAILABLE"));
    await feedSends(frame(6));
    await vi.advanceTimersByTimeAsync(100);
    expect(controlPositions).toEqual([undefined, 6]);
    await feedSends(frame(7));
    await controlSends(firstCheckpoint(6, 7), replayed(7), checkpoint(7, false));
    expect(received).toEqual(["6", "replayed 7"]);
  });

  test("opens one control stream for a broken one and a gap together", async () => {
    const { control, feedSends, controlSends, controlPositions } = await liveMember();
    control().sink.end(failure("SUBGRAPH_UNAVAILABLE"));
    await feedSends(frame(7));
    await controlSends(firstCheckpoint(5, 7), replayed(6), replayed(7), checkpoint(7, false));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(controlPositions).toEqual([undefined, 5]);
  });

  test("ends with the error that lost the feed", async () => {
    const { joined, received } = await liveMember();
    for (const own of joined) own.lost([new Failure("", { extensions: { code: "FORBIDDEN" } })]);
    expect(received).toEqual(["FORBIDDEN"]);
  });
});

describe("a revoked member", () => {
  test("gets the entry of the feed that revokes it, and nothing behind it", async () => {
    const { feedSends, received, onEnd } = await liveMember();
    await feedSends(frame(6), frame(7, { revoked: ["other", "me"] }), frame(8));
    expect(received).toEqual(["6", "7", "complete"]);
    expect(onEnd).toHaveBeenCalledOnce();
  });

  test("gets the events up to a last checkpoint that comes before them", async () => {
    const { control, controlSends, feedSends, received } = await liveMember();
    await controlSends(live({ position: 7, last: true }));
    control().sink.end(null);
    await feedSends(frame(6), frame(7), frame(8));
    expect(received).toEqual(["6", "7", "complete"]);
  });

  test("opens no other control stream if that breaks behind the last checkpoint", async () => {
    const { control, controlSends, feedSends, received, controlPositions } = await liveMember();
    await controlSends(live({ position: 7, last: true }));
    control().sink.end(failure("SUBGRAPH_UNAVAILABLE"));
    await vi.advanceTimersByTimeAsync(1_000);
    await feedSends(frame(6), frame(7), frame(8));
    expect(received).toEqual(["6", "7", "complete"]);
    expect(controlPositions).toEqual([undefined]);
  });

  test("ends with an error, never complete, when the last events do not come within 5 s", async () => {
    const both = [await liveMember(), await liveMember()] as const;
    for (const { controlSends } of both) await controlSends(live({ position: 7, last: true }));
    await both[0].feedSends(frame(7));
    await vi.advanceTimersByTimeAsync(5_000);
    for (const { received } of both) expect(received).toEqual(["SUBGRAPH_UNAVAILABLE"]);
  });

  test("continues if the revoking entry is older than its authorization", async () => {
    const member = aMember();
    member.feed.position = 4;
    await member.controlSends(firstCheckpoint(4, 5));
    await member.feedSends(...[4, 5].map((at) => frame(at, { revoked: ["me"] })), frame(6));
    expect(member.received).toEqual(["5", "6"]);
  });

  test("gets nothing more after a block, and the error of the subgraph", async () => {
    const { control, feedSends, received } = await liveMember();
    await feedSends(revocation(5, "me"), frame(6));
    control().sink.end(failure("NOT_FOUND"));
    expect(received).toEqual(["NOT_FOUND"]);
  });

  test("misses nothing if a late block names it after it is back", async () => {
    const { feedSends, controlSends, controlPositions, received } = await liveMember();
    await feedSends(frame(6), revocation(6, "me"), frame(7));
    expect(controlPositions).toEqual([undefined, 6]);
    await controlSends(firstCheckpoint(6, 7), replayed(7), checkpoint(7, false));
    await feedSends(frame(8));
    expect(received).toEqual(["6", "replayed 7", "8"]);
  });

  test("gets nothing more after its session ended", async () => {
    const { client, feedSends, received, joined } = await liveMember();
    client.over(new Failure("", { extensions: { code: "UNAUTHENTICATED" } }));
    await feedSends(frame(6));
    expect(received).toEqual(["UNAUTHENTICATED"]);
    expect(joined.size).toBe(0);
  });
});

test.each(["NOT_FOUND", "FORBIDDEN", "SUBGRAPH_UNAVAILABLE"])(
  "a refused member gets %s",
  async (code) => {
    const { control, received } = aMember();
    control().sink.end(failure(code));
    expect(received).toEqual([code]);
  },
);

test("a member that reads too slowly leaves the feed", async () => {
  const { feed, controlSends, feedSends, joined, onEnd, received } = aMember(true);
  feed.position = 5;
  await controlSends(firstCheckpoint(5));
  await feedSends(...Array.from({ length: 400 }, (_, at) => frame(at + 6)));
  expect(received).toHaveLength(64);
  expect(joined.size).toBe(0);
  expect(onEnd).toHaveBeenCalledOnce();
});

test("a subscription that is not shared continues as an ordinary stream until it is cancelled", async () => {
  const { controlSends, received, cancel, unregistered } = aMember();
  await controlSends(live({ shareKey: null }));
  cancel();
  expect(received).toEqual(["ordinary", "cancelled"]);
  expect(unregistered).toHaveBeenCalledOnce();
});

test("a member that is cancelled while it leaves has no timer, feed or control stream left", async () => {
  const { control, controlSends, cancel, joined, received, unregistered } = await liveMember();
  await controlSends(live({ position: 7, last: true }));
  cancel();
  expect(control().cancel).toHaveBeenCalled();
  expect([joined.size, vi.getTimerCount(), unregistered.mock.calls.length]).toEqual([0, 0, 1]);
  expect(received).toEqual(["complete"]);
});
