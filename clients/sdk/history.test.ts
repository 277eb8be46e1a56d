// Guarantees about pages on their way: one at a time, and a jump drops the one before it.
import { expect, test } from "vitest";
import { History } from "./history.ts";
import type { ConversationPage } from "./messages.ts";
import { OwnView } from "./own-view.ts";
import type { Run } from "./requests.ts";
import type { Session } from "./session.ts";

/** A page of messages between two positions. Cursors are positions. */
function pageOf(from: number, to: number): ConversationPage {
  const edges = Array.from({ length: to - from + 1 }, (_, at) => ({
    cursor: String(from + at),
    node: { id: `m${from + at}`, seq: from + at, sender: null, deletedAt: null, reactions: [] },
  }));
  const pageInfo = {
    hasPreviousPage: from > 1,
    hasNextPage: to < 100,
    startCursor: String(from),
    endCursor: String(to),
  };
  return {
    lastSeq: 100,
    readSeq: 0,
    messages: { edges, happenings: [], omittedHappenings: 0, pageInfo },
  } as unknown as ConversationPage;
}

/** A history of the messages 91 to 100 of 100, whose requests wait for their answers. */
function start() {
  const asked: { variables: object; answer(page: ConversationPage): void; fail(): void }[] = [];
  const run = ((_: unknown, variables: object) =>
    new Promise<unknown>((resolve, reject) => {
      const answer = (conversation: ConversationPage) => resolve({ conversation });
      asked.push({ variables, answer, fail: () => reject(new Error("no")) });
    })) as unknown as Run;
  const session = { getSnapshot: () => ({ viewerId: "me" }) } as unknown as Session;
  const view = new OwnView();
  const options = { conversationId: "c", run, session, view, onPage: () => {} };
  const history = new History(options);
  history.begin(pageOf(91, 100));
  const shown = () => history.timeline.messages.map(({ seq }) => seq);
  return { history, view, asked, shown };
}

test("a second page is not asked for while one is on its way", async () => {
  const { history, asked, shown } = start();
  const first = history.loadEarlier();
  await history.loadEarlier();
  expect(asked.length).toBe(1);
  asked[0]?.answer(pageOf(81, 90));
  await first;
  expect(shown()).toEqual(Array.from({ length: 20 }, (_, at) => 81 + at));
});

test("a jump does not wait for a page on its way, and drops it", async () => {
  const { history, asked, shown } = start();
  const page = history.loadEarlier();
  const jump = history.jumpTo(12);
  expect(asked.length).toBe(2);
  asked[1]?.answer(pageOf(10, 14));
  await jump;
  asked[0]?.answer(pageOf(81, 90));
  await page;
  expect(shown()).toEqual([10, 11, 12, 13, 14]);
});

test("pages can be loaded again behind a jump that failed", async () => {
  const { history, asked, shown } = start();
  const page = history.loadEarlier();
  const jump = history.jumpTo(12);
  asked[1]?.fail();
  await expect(jump).rejects.toThrow("no");
  asked[0]?.answer(pageOf(81, 90));
  await page;
  expect(shown()[0]).toBe(91);
  const again = history.loadEarlier();
  asked[2]?.answer(pageOf(81, 90));
  await again;
  expect(shown()[0]).toBe(81);
});

test("messages that the viewer deleted for themselves are gone, also from a page on its way", async () => {
  const { history, view, asked, shown } = start();
  const page = history.loadEarlier();
  view.hide(85);
  view.hide(95);
  history.hidden();
  expect(shown()).toEqual([91, 92, 93, 94, 96, 97, 98, 99, 100]);
  asked[0]?.answer(pageOf(81, 90));
  await page;
  expect(shown().slice(0, 6)).toEqual([81, 82, 83, 84, 86, 87]);
});

test("nothing is before a history that was cleared, whatever page comes", async () => {
  const { history, view, asked, shown } = start();
  const page = history.loadEarlier();
  view.clear(98);
  history.hidden();
  expect(shown()).toEqual([99, 100]);
  expect(history.timeline.earlierCursor).toBeNull();
  asked[0]?.answer(pageOf(81, 90));
  await page;
  expect(shown()).toEqual([99, 100]);
  expect(history.timeline.earlierCursor).toBeNull();
});
