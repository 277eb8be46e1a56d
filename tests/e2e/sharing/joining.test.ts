// The join rule over a bus that loses messages: viewers who join a feed at any moment, resume, are
// removed, or lose their replica receive every visible entry once, and no other.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aChangingConversation, PEOPLE } from "./changing-conversation.ts";
import { createJoiner, type JoinedViewer } from "./joiner.ts";
import { type Replica, startReplica } from "./replica.ts";

const step = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant("say"), at: fc.nat(1) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("join"),
      who: fc.nat(PEOPLE - 1),
      /** The start position, in percent of the log. Null starts with live entries. */
      after: fc.option(fc.nat(100)),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("toggle"), who: fc.nat(PEOPLE - 1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("restart"), at: fc.nat(1) }) },
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Scene {
  readonly kind: "group" | "direct";
  readonly steps: readonly Step[];
  /** Which messages of the bus are lost: about three of ten. The list repeats. */
  readonly losses: readonly number[];
  /** Whether one replica loses all messages, and reads the head ten times a second. */
  readonly isOneDeaf?: boolean;
  /** The part of the join rule to skip. */
  readonly without?: "positions" | "revocation";
}

const scenes = fc.record({
  kind: fc.constantFrom("group" as const, "direct" as const),
  steps: fc.array(step, { minLength: 30, maxLength: 60 }),
  losses: fc.array(fc.nat(9), { minLength: 5, maxLength: 30 }),
});

/** A viewer, with the head and the membership at the time of joining. */
interface Joining {
  readonly joined: JoinedViewer;
  readonly personId: string;
  readonly head: number;
  readonly wasIn: boolean;
}

/** Runs a scene over two replicas, and returns the received entries and the conversation. */
async function play({ kind, steps, losses, isOneDeaf = false, ...rule }: Scene) {
  let arrived = 0;
  const loses = () => {
    arrived += 1;
    return (losses[arrived % losses.length] ?? 9) < 3;
  };
  const optionsOf = (which: number) =>
    isOneDeaf && which === 1 ? { loses: () => true, pollMs: 100 } : { loses };
  const replicas = [await startReplica(optionsOf(0)), await startReplica(optionsOf(1))];
  const at = (which: number) => replicas[which % 2] as Replica;
  const talk = await aChangingConversation(kind, at);
  let connections = 0;
  const joiner = createJoiner({
    conversationId: talk.conversationId,
    ...rule,
    replica() {
      connections += 1;
      return at(connections).url;
    },
  });
  const watchers: Joining[] = [];
  for (const each of steps) {
    if (each.kind === "say") await talk.say(each.at);
    else if (each.kind === "toggle") await talk.toggle(each.who);
    else if (each.kind === "restart") {
      const replica = at(each.at);
      replicas[each.at] = await startReplica(optionsOf(each.at));
      await replica.stop();
    } else {
      const personId = talk.people[each.who] ?? "";
      const head = talk.head();
      const after = each.after === null ? undefined : Math.floor((head * each.after) / 100);
      const wasIn = talk.isIn(personId);
      watchers.push({ joined: joiner.join(personId, after), personId, head, wasIn });
    }
  }
  await joiner.untilLive();
  await talk.say(0);
  await joiner.untilCaughtUp(talk.head(), talk.isIn);
  joiner.stop();
  await Promise.all(replicas.map((replica) => replica.stop()));
  return { watchers, talk };
}

type Played = Awaited<ReturnType<typeof play>>;

/** The faults in the received entries. */
function faults({ watchers, talk }: Played): string[] {
  return watchers.flatMap(({ joined, personId, head, wasIn }) => {
    const { deliveries, start, position, end } = joined;
    const found: string[] = [];
    deliveries.forEach(({ seq, by }, index) => {
      const before = index === 0 ? start : deliveries[index - 1]?.seq;
      if (seq !== (before ?? 0) + 1) found.push(`${before} is followed by ${seq}`);
      const membership = talk.changes.findLast(
        (each) => each.personId === personId && each.seq < seq,
      );
      if (by === "feed" && membership?.isIn === false) found.push(`a removed viewer gets ${seq}`);
    });
    if (end === undefined) {
      if (!talk.isIn(personId)) found.push("a removed viewer gets entries");
      if (position !== talk.head()) found.push(`ends at ${position} of ${talk.head()}`);
    } else {
      const isOut = ({ personId: id, seq, isIn }: (typeof talk.changes)[number]) =>
        id === personId && !isIn && seq >= head;
      if (wasIn && !talk.changes.some(isOut)) found.push(`ended by ${end} without a reason`);
    }
    return found;
  });
}

const RUNS = 15;

/** The faults of scenes without restarts, without a part of the rule. */
async function faultsWithout(
  without: "positions" | "revocation",
  isOneDeaf = false,
): Promise<string[]> {
  const found: string[] = [];
  for (const scene of fc.sample(scenes, { numRuns: RUNS, seed: RUNS })) {
    const steps = scene.steps.filter(({ kind }) => kind !== "restart");
    found.push(...faults(await play({ ...scene, kind: "group", steps, isOneDeaf, without })));
  }
  return found;
}

describe("over a bus that loses three messages of ten, and two replicas,", () => {
  test("which restart, viewers of a feed miss and repeat nothing, and get nothing after their removal", async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        expect(faults(await play(scene))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  }, 240_000);

  test("viewers that do not compare positions have gaps", async () => {
    const found = await faultsWithout("positions");
    expect(found.filter((fault) => fault.includes("is followed by"))).not.toEqual([]);
  }, 240_000);

  test("removed viewers get entries if only the control stream revokes them", async () => {
    const found = await faultsWithout("revocation", true);
    expect(found.filter((fault) => fault.includes("a removed viewer"))).not.toEqual([]);
  }, 240_000);
});
