// Guarantees about positions: each event of a log counts once and in order, and what is missing is
// noticed.
import { describe, expect, test } from "vitest";
import { inboxPositions, logPosition } from "./positions.ts";

describe("the position of a log", () => {
  test("begins with any event, unless the caller has one", () => {
    expect(logPosition().judge({ seq: 7, prevSeq: 6 })).toBe("new");
    expect(logPosition(3).judge({ seq: 7, prevSeq: 6 })).toBe("gap");
    expect(logPosition().variables()).toEqual({});
    expect(logPosition(0).variables()).toEqual({ after: 0 });
  });

  test("moves with delivered events only", () => {
    const position = logPosition(1);
    const event = { seq: 2, prevSeq: 1 };
    expect(position.judge(event)).toBe("new");
    expect(position.variables()).toEqual({ after: 1 });
    position.delivered(event);
    expect(position.variables()).toEqual({ after: 2 });
    expect(position.judge(event)).toBe("repeat");
  });
});

describe("the positions of an inbox", () => {
  const opened = (seq: number) => ({
    __typename: "InboxOpened",
    streamId: "person:a",
    seq: 4,
    prevSeq: 4,
    positions: [
      { streamId: "person:a", seq: 4 },
      { streamId: "conversation:b", seq },
    ],
  });

  test("are those of the first event, and then of each stream", () => {
    const positions = inboxPositions();
    expect(positions.variables()).toEqual({});
    expect(positions.judge(opened(9))).toBe("new");
    positions.delivered(opened(9));
    const event = { streamId: "conversation:b", seq: 10, prevSeq: 9 };
    expect(positions.judge(event)).toBe("new");
    positions.delivered(event);
    expect(positions.judge(event)).toBe("repeat");
    expect(positions.judge({ streamId: "person:a", seq: 6, prevSeq: 5 })).toBe("gap");
    expect(positions.variables()).toEqual({
      after: [
        { streamId: "person:a", seq: 4 },
        { streamId: "conversation:b", seq: 10 },
      ],
    });
  });

  test("name a conversation as soon as it is added, and not after it is removed", () => {
    const positions = inboxPositions([{ streamId: "person:a", seq: 1 }]);
    const position = { streamId: "conversation:c", seq: 30 };
    const added = { __typename: "ConversationAdded", streamId: "person:a", seq: 2, prevSeq: 1 };
    positions.delivered({ ...added, conversationId: "c", position });
    expect(positions.variables()).toEqual({ after: [{ streamId: "person:a", seq: 2 }, position] });
    const removed = { __typename: "ConversationRemoved", streamId: "person:a", seq: 3, prevSeq: 2 };
    positions.delivered({ ...removed, conversationId: "c" });
    expect(positions.variables()).toEqual({ after: [{ streamId: "person:a", seq: 3 }] });
  });

  test("a stream that begins beyond the position lost events", () => {
    const positions = inboxPositions();
    positions.delivered(opened(9));
    expect(positions.judge(opened(9))).toBe("new");
    expect(positions.judge(opened(10))).toBe("resync");
  });

  test("at most 500 are sent: those in which something happened last", () => {
    const all = Array.from({ length: 600 }, (_, at) => ({
      streamId: `conversation:${at}`,
      seq: 1,
    }));
    const positions = inboxPositions(all);
    positions.delivered({ streamId: "conversation:0", seq: 2, prevSeq: 1 });
    const { after } = positions.variables() as { after: typeof all };
    expect(after).toHaveLength(500);
    expect(after.at(-1)).toEqual({ streamId: "conversation:0", seq: 2 });
  });
});
