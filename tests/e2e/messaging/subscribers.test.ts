// Two tabs and a phone of one person, with connections that are cut or silent, pages that hang, and
// a library's own retries: each receives everything.
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, upTo } from "./harness.ts";
import { conversation, type InboxEvent, type Position, person } from "./inbox-harness.ts";
import { type Subscriber, startSubscriber } from "./subscriber.ts";

const STEPS = [
  "say",
  "say",
  "say",
  "new",
  "cut",
  "silence",
  "hang",
  "wake",
  "reload",
  "wait",
] as const;
type Step = readonly [(typeof STEPS)[number], number];

const someSteps = fc.array(fc.tuple(fc.constantFrom(...STEPS), fc.nat({ max: 11 })), {
  minLength: 4,
  maxLength: 24,
});

type Talkers = Awaited<ReturnType<typeof tokenHolders<2>>>;

interface Scene {
  readonly talkers: Talkers;
  readonly groups: string[];
  readonly subscribers: readonly Subscriber[];
}

async function act({ talkers: [ada, bob], groups, subscribers }: Scene, [step, at]: Step) {
  const subscriber = subscribers[at % subscribers.length];
  switch (step) {
    case "say":
      return void (await aMessage(ada, groups[at % groups.length] ?? ""));
    case "new":
      return void groups.push(await aGroup(ada, [bob]));
    case "cut":
      return subscriber?.cut(at % 2);
    case "silence":
      return subscriber?.silence();
    case "hang":
      return subscriber?.hang();
    case "wake":
      return subscriber?.wake();
    case "reload":
      return subscriber?.reload();
    case "wait":
      // Time for marks to move, because moved marks can be wrong.
      return new Promise<void>((resolve) => setTimeout(resolve, 150 * (at % 8)));
  }
}

/** The head of each of Bob's streams. */
async function headsOf({ talkers: [, bob], groups }: Scene): Promise<readonly Position[]> {
  const { positions } = await openedBy(bob.token);
  expect(positions).toHaveLength(groups.length + 1);
  return positions;
}

async function openedBy(token: string) {
  const reader = await startSubscriber({ token });
  await expect.poll(() => reader.events.length, { timeout: 10_000 }).toBeGreaterThan(0);
  const [opened] = reader.events;
  await reader.stop();
  return { positions: opened?.positions ?? [] };
}

/** The last position of each stream without a gap. An event out of order counts as a gap. */
function heardOf(events: readonly InboxEvent[], start: readonly Position[]): Map<string, number> {
  const heard = new Map(start.map(({ streamId, seq }) => [streamId, seq]));
  for (const { __typename, streamId, seq, positions = [] } of events) {
    if (__typename === "InboxOpened") {
      for (const each of positions)
        if (!heard.has(each.streamId)) heard.set(each.streamId, each.seq);
    } else if (seq === (heard.get(streamId) ?? 0) + 1) heard.set(streamId, seq);
  }
  return heard;
}

interface Story {
  readonly steps: readonly Step[];
  readonly isAnsweringPings?: boolean;
}

/** The entries that each of the three misses in the end, when all connections work again. */
async function lackedIn({ steps, isAnsweringPings = false }: Story): Promise<string[]> {
  const [ada, bob] = await tokenHolders(2);
  const groups = [await aGroup(ada, [bob]), await aGroup(ada, [bob])];
  const start = [
    { streamId: person(bob.id), seq: 2 },
    ...groups.map((group) => ({ streamId: conversation(group), seq: 0 })),
  ];
  const { token } = bob;
  const subscribers = await Promise.all([
    startSubscriber({ token, isAnsweringPings }),
    startSubscriber({ token, isAnsweringPings }),
    startSubscriber({ token, isAnsweringPings, after: start }),
  ]);
  onTestFinished(async () => {
    for (const subscriber of subscribers) await subscriber.stop();
  });
  for (const { events } of subscribers.slice(0, 2)) {
    await expect.poll(() => events.length, { timeout: 10_000 }).toBeGreaterThan(0);
  }
  const scene = { talkers: [ada, bob], groups, subscribers } as Scene;
  for (const step of steps) await act(scene, step);
  const heads = await headsOf(scene);
  for (const [at, subscriber] of subscribers.entries()) {
    subscriber.wake();
    subscriber.cut(at % 2);
  }
  const lacked = () =>
    subscribers.flatMap(({ events }, who) => {
      const heard = heardOf(events, start);
      const short = heads.filter(({ streamId, seq }) => (heard.get(streamId) ?? 0) < seq);
      return short.map(({ streamId }) => `${who} lacks of ${streamId.split(":")[0]}`);
    });
  await settled(lacked);
  for (const subscriber of subscribers) await subscriber.stop();
  return lacked();
}

/** Waits until nothing is missing, or nothing more arrives. */
async function settled(lacked: () => string[]): Promise<void> {
  for (const _ of upTo(60)) {
    if (lacked().length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("two tabs and a phone", () => {
  test("receive everything at least once and in order, despite lost connections and hung pages", async () => {
    await fc.assert(
      fc.asyncProperty(someSteps, async (steps) => {
        expect(await lackedIn({ steps })).toEqual([]);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  }, 180_000);

  test("lose events if marks move when events are sent", async () => {
    const steps: Step[] = [
      ["silence", 0],
      ["say", 0],
      ["say", 1],
      ["wait", 7],
      ["wait", 7],
      ["cut", 0],
    ];
    expect(await lackedIn({ steps })).toEqual([]);
    expect(await lackedIn({ steps, isAnsweringPings: true })).toContain("0 lacks of conversation");
  }, 60_000);
});
