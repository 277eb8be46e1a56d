// Marks of subscribers: stored with a delay, never too far, by one connection at a time, and
// deleted after 30 days.
import { afterAll, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import type { Entry } from "../../../kit/live/streams.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { requireViewer } from "../../../kit/trust/identity.ts";
import type { Context } from "../../../subgraphs/messaging/context.ts";
import { openInbox } from "../../../subgraphs/messaging/inbox/actions.ts";
import { createMarks } from "../../../subgraphs/messaging/inbox/marks.ts";
import type { Position } from "../../../subgraphs/messaging/inbox/rules.ts";
import { connectSubscriber } from "../../../subgraphs/messaging/inbox/store.ts";
import { withDatabase } from "../../kit/database.ts";
import { upTo } from "./harness.ts";
import { conversation, marksOf, person } from "./inbox-harness.ts";
import { adaAndBob, aGroup, aProcess, aSubscriber, database, sendHello } from "./process.ts";

const here = aProcess();
const there = aProcess();
const log = createLog({ name: "marks-test", level: "silent" });

afterAll(() => {
  here.live.close();
  there.live.close();
});

/** Bob, in a group with `count` messages that he has not received. */
async function waiting(count: number) {
  const { ada, bob, live } = adaAndBob();
  const group = await aGroup(ada, bob);
  for (const _ of upTo(count)) await sendHello(ada, group);
  live.close();
  const viewer = requireViewer(bob);
  const streamId = conversation(group);
  const own = { streamId: person(viewer.id), seq: 1 };
  return { viewer, streamId, own, start: [{ streamId, seq: 0 }, own] };
}

async function open(context: Context, named: readonly Position[] = []) {
  const outcome = await openInbox(context, named);
  if (outcome.kind !== "open") throw new Error("not opened");
  return outcome.entries;
}

async function seqs(inbox: AsyncIterator<Entry>, count: number): Promise<number[]> {
  const taken: number[] = [];
  while (taken.length < count) taken.push((await inbox.next()).value.seq);
  return taken;
}

test("a mark moves when an entry is acknowledged, not when it is sent", async () => {
  const { viewer, streamId, own, start } = await waiting(3);
  const { id, subscriber, receives } = aSubscriber();
  const inbox = await open(here.as(viewer, subscriber), start);
  expect(await marksOf(id)).toEqual({ [streamId]: 0, [own.streamId]: 1 });
  expect(await seqs(inbox, 3)).toEqual([1, 2, 3]);
  receives(2);
  await inbox.return?.();
  expect(await marksOf(id)).toMatchObject({ [streamId]: 2 });
  expect(await seqs(await open(there.as(viewer, aSubscriber(id).subscriber)), 1)).toEqual([3]);
});

test("the marks of an open inbox are stored about once a second", async () => {
  const { viewer, streamId, start } = await waiting(2);
  const { id, subscriber, receives } = aSubscriber();
  const inbox = await open(here.as(viewer, subscriber), start);
  await seqs(inbox, 2);
  receives(1);
  await expect.poll(() => marksOf(id), { timeout: 3_000 }).toMatchObject({ [streamId]: 1 });
  await inbox.return?.();
});

test("entries whose marks a crash lost come again, and none is skipped", async () => {
  const { viewer, start } = await waiting(4);
  const { id, subscriber, receives } = aSubscriber();
  // This process never ends its inbox, and stores no marks before the other one opens an inbox.
  const crashing = { ...here.as(viewer, subscriber), marks: createMarks(database, 600_000) };
  await seqs(await open(crashing, start), 3);
  receives(3);
  const again = await open(there.as(viewer, aSubscriber(id).subscriber));
  expect(await seqs(again, 4)).toEqual([1, 2, 3, 4]);
});

test("marks belong to one subscriber: another one begins at the heads", async () => {
  const { viewer, start } = await waiting(3);
  const one = aSubscriber();
  const inbox = await open(here.as(viewer, one.subscriber), start);
  await seqs(inbox, 1);
  one.receives(1);
  await inbox.return?.();
  const outcome = await openInbox(here.as(viewer, aSubscriber().subscriber), []);
  if (outcome.kind !== "open") throw new Error("not opened");
  expect(outcome.start?.map(({ seq }) => seq)).toEqual([1, 3]);
});

test("an older connection of a subscriber moves no mark, and ends when it tries to", async () => {
  const { viewer, streamId, start } = await waiting(3);
  const { id, subscriber, receives } = aSubscriber();
  const earlier = await open(here.as(viewer, subscriber), start);
  await seqs(earlier, 3);
  await open(there.as(viewer, aSubscriber(id).subscriber));
  receives(3);
  const error = await earlier.next().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ extensions: { code: "CONFLICT", subscriberId: id } });
  expect(await marksOf(id)).toMatchObject({ [streamId]: 0 });
});

test("marks that could not be stored are stored the next time, the latest of each stream", async () => {
  const { viewer, streamId, own } = await waiting(1);
  let isBroken = true;
  const breaking = new Proxy(database, {
    get: (target, name) => {
      if (isBroken && name === "$queryRaw") return () => Promise.reject(new Error("broken"));
      return Reflect.get(target, name);
    },
  });
  const marks = createMarks(breaking);
  const connection = { personId: viewer.id, subscriberId: newId(), id: newId() };
  await connectSubscriber(database, connection, keeping());
  marks.put({ connection, streamId, seq: 1 }, log);
  await marks.flush(log);
  marks.put({ connection, streamId, seq: 2 }, log);
  marks.put({ connection, ...own }, log);
  isBroken = false;
  await marks.flush(log);
  expect(await marksOf(connection.subscriberId)).toEqual({ [streamId]: 2, [own.streamId]: 1 });
  marks.put({ connection, streamId, seq: 1 }, log);
  await marks.flush(log);
  expect(await marksOf(connection.subscriberId)).toMatchObject({ [streamId]: 2 });
});

function keeping(idleSince = new Date(0)) {
  return { now: new Date(), idleSince, subscribersMax: 20 };
}

test("a person keeps the 20 subscribers that were active last", async () => {
  const { viewer, start } = await waiting(1);
  const ids = upTo(21).map(() => newId());
  for (const id of ids) await open(here.as(viewer, aSubscriber(id).subscriber), start);
  const [first = "", ...others] = ids;
  expect(await marksOf(first)).toEqual({});
  for (const id of others) expect(await marksOf(id)).not.toEqual({});
});

test("a subscriber that is idle for 30 days is forgotten at the next one's opening; others stay", async () => {
  const { viewer, start } = await waiting(1);
  const { viewer: stranger, start: elsewhere } = await waiting(1);
  const [long, recent] = [newId(), newId()];
  await open(here.as(viewer, aSubscriber(long).subscriber), start);
  await open(here.as(viewer, aSubscriber(recent).subscriber), start);
  await withDatabase("messaging", (client) =>
    client.query(
      `update subscriber set touched_at = now() - interval '1 day' * case id when $1 then 29 else 31 end
        where id in ($1, $2)`,
      [recent, long],
    ),
  );
  await open(here.as(stranger, aSubscriber().subscriber), elsewhere);
  expect(await marksOf(long)).toEqual({});
  expect(await marksOf(recent)).not.toEqual({});
});
