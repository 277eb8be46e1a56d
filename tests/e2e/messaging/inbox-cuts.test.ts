// An inbox of several conversations that reconnects at any moment, over a bus that loses messages.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Entry, logReader } from "../../../kit/live/streams.ts";
import { channelOf } from "../../../kit/live/tails.ts";
import type { Context } from "../../../subgraphs/messaging/context.ts";
import { inboxEventOf } from "../../../subgraphs/messaging/events.ts";
import { openInbox } from "../../../subgraphs/messaging/inbox/actions.ts";
import type { Position } from "../../../subgraphs/messaging/inbox/rules.ts";
import { addMembers, removeMember } from "../../../subgraphs/messaging/members/actions.ts";
import { markRead } from "../../../subgraphs/messaging/reading/actions.ts";
import { upTo } from "./harness.ts";
import { conversation, person } from "./inbox-harness.ts";
import { adaAndBob, aGroup, aSubscriber, database, idOf, pubsub, sendHello } from "./process.ts";

type Step = "say" | "new" | "read" | "remove" | "cut";

/** Does one step in one of the groups. A removed member is added again. */
async function act(step: Step, ada: Context, bob: Context, groups: string[], at: number) {
  const group = groups[at % groups.length] ?? "";
  if (step === "new") groups.push(await aGroup(ada, bob));
  if (step === "read") await markRead(bob, group, at);
  if (step === "remove") {
    await removeMember(ada, group, idOf(bob));
    await sendHello(ada, group);
    await addMembers(ada, group, [idOf(bob)]);
  }
  await sendHello(ada, group);
}

type Seen = Map<string, number[]>;

/** The phone's start position of each stream. */
type Begun = Map<string, number>;

function note(seen: Seen, { streamId, seq }: Pick<Entry, "streamId" | "seq">): void {
  seen.set(streamId, [...(seen.get(streamId) ?? []), seq]);
}

/** Records an entry, and the start of a conversation that it opens. */
function take(seen: Seen, begun: Begun, entry: Entry): void {
  note(seen, entry);
  const event = inboxEventOf(entry);
  if (event.__typename !== "ConversationAdded") return;
  const { streamId, seq } = event.position;
  if (!begun.has(streamId)) begun.set(streamId, seq);
}

async function open(bob: Context, named: readonly Position[]) {
  const outcome = await openInbox(bob, named);
  if (outcome.kind !== "open") throw new Error("not opened");
  return outcome.entries;
}

/** The last received position of each stream, or its start. */
function positionsOf(seen: Seen, begun: Begun): Position[] {
  const streamIds = new Set([...begun.keys(), ...seen.keys()]);
  return [...streamIds].map((streamId) => ({
    streamId,
    seq: Math.max(begun.get(streamId) ?? 0, ...(seen.get(streamId) ?? [])),
  }));
}

interface Story {
  readonly steps: readonly Step[];
  readonly losses: readonly boolean[];
  /** Whether the phone sends its positions when it reconnects. */
  readonly isNamed: boolean;
}

/** Returns what Bob's inbox received, the heads of his streams, and the streams from the start. */
async function receiveWhileCut({ steps, losses, isNamed }: Story) {
  const { ada, bob: phone, live } = adaAndBob(losses);
  const { subscriber, receives } = aSubscriber();
  const bob = { ...phone, subscriber: isNamed ? null : subscriber };
  const groups = [await aGroup(ada, bob), await aGroup(ada, bob)];
  const known = [person(idOf(bob)), ...groups.map(conversation)];
  const seen: Seen = new Map();
  const begun: Begun = new Map(known.map((streamId) => [streamId, 0]));
  let inbox = await open(bob, positionsOf(seen, begun));
  for (const [at, step] of steps.entries()) {
    await act(step, ada, bob, groups, at);
    if (step !== "cut") continue;
    for (const _ of upTo(1 + (at % 3))) {
      const { value } = await inbox.next();
      take(seen, begun, value);
      if (at % 2 === 0) receives(1);
      if (isWhole(seen, await headsOf(bob, groups))) break;
    }
    await inbox.return?.();
    inbox = await open(bob, isNamed ? positionsOf(seen, begun) : []);
  }
  const heads = await headsOf(bob, groups);
  while (!isWhole(seen, heads)) take(seen, begun, (await inbox.next()).value);
  live.close();
  return { seen, heads, known };
}

async function headsOf(bob: Context, groups: readonly string[]): Promise<Map<string, number>> {
  return logReader(database).heads([person(idOf(bob)), ...groups.map(conversation)]);
}

function isWhole(seen: Seen, heads: ReadonlyMap<string, number>): boolean {
  return [...heads].every(([streamId, head]) => (seen.get(streamId)?.at(-1) ?? 0) >= head);
}

/** The expected streams: from their start, and a later group from Bob's read position then. */
function wholeOf(seen: Seen, heads: ReadonlyMap<string, number>, known: readonly string[]) {
  return [...heads].map(([streamId, head]) => {
    const first = known.includes(streamId) ? 1 : (seen.get(streamId)?.[0] ?? 1);
    return { streamId, seqs: upTo(head).slice(first - 1) };
  });
}

const aStep = fc.constantFrom<Step>("say", "say", "new", "read", "remove", "cut", "cut");
const someSteps = fc.array(aStep, { minLength: 1, maxLength: 14 });
const someLosses = fc.array(fc.boolean(), { minLength: 1, maxLength: 7 });

describe("a phone that reconnects at any moment, over a bus that loses messages,", () => {
  test("receives exactly the logs of all its conversations if it sends its positions", async () => {
    await fc.assert(
      fc.asyncProperty(someSteps, someLosses, async (steps, losses) => {
        const { seen, heads, known } = await receiveWhileCut({ steps, losses, isNamed: true });
        const got = [...heads.keys()].map((streamId) => ({
          streamId,
          seqs: seen.get(streamId) ?? [],
        }));
        expect(got).toEqual(wholeOf(seen, heads, known));
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  test("misses nothing if it sends none: entries that it has not acknowledged come again", async () => {
    await fc.assert(
      fc.asyncProperty(someSteps, someLosses, async (steps, losses) => {
        const { seen, heads, known } = await receiveWhileCut({ steps, losses, isNamed: false });
        const got = [...heads.keys()].map((streamId) => ({
          streamId,
          seqs: [...new Set(seen.get(streamId))],
        }));
        expect(got).toEqual(wholeOf(seen, heads, known));
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});

test("without the log, the same bus leaves gaps in some streams", async () => {
  const { ada, bob, live } = adaAndBob([true, false, false]);
  const groups = [await aGroup(ada, bob), await aGroup(ada, bob)];
  const heard: Seen = new Map();
  let last = () => {};
  const isOver = new Promise<void>((resolve) => {
    last = resolve;
  });
  for (const group of groups) {
    await pubsub.subscribe(channelOf(conversation(group)), (message) =>
      note(heard, message as Entry),
    );
  }
  await pubsub.subscribe("over", () => last());
  for (const at of upTo(12)) await sendHello(ada, groups[at % 2] ?? "");
  pubsub.publish("over", {});
  await isOver;
  const heads = await headsOf(bob, groups);
  const whole = groups.map((group) => upTo(heads.get(conversation(group)) ?? 0));
  expect(groups.map((group) => heard.get(conversation(group)))).not.toEqual(whole);
  live.close();
});
