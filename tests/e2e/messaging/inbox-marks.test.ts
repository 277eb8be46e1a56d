// How far an inbox was delivered to a session: written down late, never too far, and forgotten in
// the end.
import { afterAll, expect, test } from "vitest";
import { requireViewer } from "../../../kit/identity.ts";
import { createLog } from "../../../kit/log.ts";
import type { Entry } from "../../../kit/logs.ts";
import type { Context } from "../../../subgraphs/messaging/context.ts";
import { openInbox } from "../../../subgraphs/messaging/inbox/actions.ts";
import { createMarks } from "../../../subgraphs/messaging/inbox/marks.ts";
import { keepMarks } from "../../../subgraphs/messaging/inbox/store.ts";
import { withDatabase } from "../../kit/database.ts";
import { upTo } from "./harness.ts";
import { conversation, marksOf, person } from "./inbox-harness.ts";
import { aGroup, aProcess, database, people, say } from "./process.ts";

const here = aProcess();
const there = aProcess();

afterAll(() => {
  here.live.close();
  there.live.close();
});

/** Bob, in a group in which as many messages wait for him. */
async function waiting(count: number) {
  const { ada, bob, live } = people();
  const group = await aGroup(ada, bob);
  for (const _ of upTo(count)) await say(ada, group);
  live.close();
  const viewer = requireViewer(bob);
  return { viewer, sessionId: viewer.sessionId, streamId: conversation(group), group };
}

async function open(context: Context): Promise<AsyncIterableIterator<Entry>> {
  const outcome = await openInbox(context, []);
  if (outcome.kind !== "open") throw new Error("not opened");
  return outcome.entries;
}

async function seqs(inbox: AsyncIterator<Entry>, count: number): Promise<number[]> {
  const taken: number[] = [];
  while (taken.length < count) taken.push((await inbox.next()).value.seq);
  return taken;
}

test("an entry counts as delivered once the next is asked for, and the end writes that down", async () => {
  const { viewer, sessionId, streamId } = await waiting(3);
  const inbox = await open(here.as(viewer));
  expect(await marksOf(sessionId)).toEqual({ [streamId]: 0, [person(viewer.id)]: 1 });
  expect(await seqs(inbox, 3)).toEqual([1, 2, 3]);
  await inbox.return?.();
  expect(await marksOf(sessionId)).toMatchObject({ [streamId]: 2 });
  expect(await seqs(await open(there.as(viewer)), 1)).toEqual([3]);
});

test("while it runs it is written down within a second or so, without its end", async () => {
  const { viewer, sessionId, streamId } = await waiting(2);
  const inbox = await open(here.as(viewer));
  await seqs(inbox, 2);
  await expect.poll(() => marksOf(sessionId), { timeout: 3_000 }).toMatchObject({ [streamId]: 1 });
  await inbox.return?.();
});

test("what a crash keeps from being written down comes again, and nothing is skipped", async () => {
  const { viewer } = await waiting(4);
  // The one process never ends its inbox, and does not come to write before the other opens one.
  const crashing = { ...here.as(viewer), marks: createMarks(database, 600_000) };
  await seqs(await open(crashing), 3);
  expect(await seqs(await open(there.as(viewer)), 4)).toEqual([1, 2, 3, 4]);
});

test("a mark never moves back, and is the session's alone", async () => {
  const { viewer, sessionId, streamId } = await waiting(3);
  const mark = { sessionId, personId: viewer.id, streamId };
  await keepMarks(database, [{ ...mark, seq: 2 }]);
  await keepMarks(database, [{ ...mark, seq: 1 }]);
  expect(await marksOf(sessionId)).toEqual({ [streamId]: 2 });
  expect(await seqs(await open(here.as(viewer)), 1)).toEqual([3]);
  const other = here.as({ ...viewer, sessionId: `${sessionId}-other` });
  expect(await seqs(await open(other), 3)).toEqual([1, 2, 3]);
});

test("marks that could not be written are written the next time, the latest of each", async () => {
  const { viewer, sessionId, streamId } = await waiting(1);
  let isBroken = true;
  const breaking = new Proxy(database, {
    get: (target, name) => {
      if (isBroken && name === "$executeRaw") return () => Promise.reject(new Error("broken"));
      return Reflect.get(target, name);
    },
  });
  const marks = createMarks(breaking);
  const log = createLog({ name: "marks-test", level: "silent" });
  const mark = { sessionId, personId: viewer.id, streamId };
  marks.put({ ...mark, seq: 1 }, log);
  await marks.flush(log);
  marks.put({ ...mark, seq: 2 }, log);
  isBroken = false;
  await marks.flush(log);
  expect(await marksOf(sessionId)).toEqual({ [streamId]: 2 });
});

test("marks that nobody has touched for 60 days go when the person comes; others stay", async () => {
  const { viewer, streamId } = await waiting(1);
  const { viewer: stranger, streamId: elsewhere } = await waiting(1);
  const long = { sessionId: `${viewer.sessionId}-long-ago`, personId: viewer.id, seq: 1 };
  const recent = { ...long, sessionId: `${viewer.sessionId}-recent` };
  const theirs = { ...long, personId: stranger.id, streamId: elsewhere };
  await keepMarks(database, [{ ...long, streamId }, { ...recent, streamId }, theirs]);
  await withDatabase("messaging", (client) =>
    client.query(
      `update delivery set touched_at = now() - interval '1 day' *
        case session_id when $1 then 59 else 61 end where session_id in ($1, $2)`,
      [recent.sessionId, long.sessionId],
    ),
  );
  await open(here.as(viewer));
  expect(await marksOf(recent.sessionId)).toEqual({ [streamId]: 1 });
  expect(await marksOf(long.sessionId)).toEqual({ [elsewhere]: 1 });
});
