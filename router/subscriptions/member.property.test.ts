// The guarantee about all members of a feed together, over a simulated subgraph on a simulated
// clock: each gets the events that it may see, once and in order, for any course of failures.
import fc from "fast-check";
import type { FormattedExecutionResult, GraphQLFormattedError } from "graphql";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Client, endOf, holesOf, isServedOnceOut } from "../../tests/kit/simulated-clients.ts";
import { simulateNetwork } from "../../tests/kit/simulated-network.ts";
import { choices, simulateStream } from "../../tests/kit/simulated-stream.ts";
import type { UpstreamSink } from "../upstream/subscriptions.ts";
import { type FeedMember, openFeed, type SharedFeed, type SharedFrame } from "./feed.ts";
import { openMember } from "./member.ts";

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});
afterEach(() => vi.restoreAllMocks());

/** The part of the join rule that is hidden from the members. */
type Without = "positions" | "revocation" | "replay" | "authorization";

/** A router with one shared subscription. */
function createWorld(seed: number, without?: Without) {
  const choose = choices(seed);
  vi.spyOn(Math, "random").mockImplementation(() => choose(1000) / 1001);
  const viewerIds = ["v0", "v1", "v2", "v3"];
  const stream = simulateStream(choose, viewerIds);
  const clients: Client[] = [];
  const feeds = new Set<SharedFeed>();
  const lag = (most: number) => new Promise<void>((done) => setTimeout(done, choose(most)));
  const complete = async ({ data }: FormattedExecutionResult) => {
    await lag(6);
    return { data: data ?? null };
  };
  const feedOf = (position: number) => {
    const [known] = feeds;
    if (known) return known;
    const feed = openFeed({
      subscription: "ticked",
      position,
      open: stream.feed,
      complete,
      onEnd: () => feeds.delete(feed),
    });
    feeds.add(feed);
    return feed;
  };

  function join(viewerId: string, after: number | undefined): Client {
    const { length: head } = stream.log;
    const client: Client = {
      ...{ viewerId, start: after, head, got: [], end: undefined },
      cancel: () => {},
    };
    clients.push(client);
    const network = simulateNetwork();
    const rule = without === undefined ? (feed: SharedFeed) => feed : hiding(without, client);
    client.cancel = openMember(
      {
        viewerId,
        traceId: "",
        position: after,
        openControl: (position, sink) =>
          stream.control(viewerId, position ?? after, hidingHead(without, sink)),
        feedOf: (_key, position) => rule(feedOf(position)),
        complete,
        openOrdinary: () => () => {},
        whenOver: () => () => {},
        onEnd: () => {},
      },
      {
        ...network,
        next(payload) {
          if (client.end === undefined) client.got.push(JSON.parse(String(payload)).data.seq);
          network.carry(lag(3));
        },
        end(errors) {
          client.end ??= codeOf(errors);
        },
      },
    );
    return client;
  }

  return { choose, stream, clients, feeds, join };
}

function codeOf(errors: readonly GraphQLFormattedError[] | null): string | null {
  return errors && String(errors[0]?.extensions?.code);
}

/** A control stream that hides the head at authorization. */
function hidingHead(without: Without | undefined, sink: UpstreamSink): UpstreamSink {
  if (without !== "authorization") return sink;
  return {
    ...sink,
    event({ extensions, ...event }) {
      const live = extensions?.live as object;
      sink.event({ ...event, extensions: { live: "head" in live ? { ...live, head: 0 } : live } });
    },
  };
}

/** A feed that hides a part of the join rule. */
function hiding(without: Without, client: Client): (feed: SharedFeed) => SharedFeed {
  const own = new WeakMap<object, Parameters<SharedFeed["join"]>[0]>();
  const shown = (frame: SharedFrame): SharedFrame => {
    if (without === "revocation") return { ...frame, revoked: [] };
    const { got, start = client.head } = client;
    return without === "positions" ? { ...frame, previous: got.at(-1) ?? start } : frame;
  };
  return (feed) => ({
    get isOpen() {
      return feed.isOpen;
    },
    framesAfter(position) {
      if (without === "replay") return [];
      const frames = feed.framesAfter(position) ?? (without === "positions" ? [] : null);
      return frames?.map(shown) ?? null;
    },
    join(joined) {
      const shownMember: FeedMember = {
        receive(frames) {
          for (const frame of frames) joined.receive([shown(frame)]);
        },
        lost: (errors) => joined.lost(errors),
        opened: (at: number) =>
          joined.opened(without === "positions" || without === "replay" ? 0 : at),
      };
      own.set(joined, shownMember);
      feed.join(shownMember);
    },
    leave: (joined) => feed.leave(own.get(joined) ?? joined),
  });
}

const WHO = fc.nat(3);
const step = fc.oneof(
  { weight: 12, arbitrary: fc.constant({ kind: "append" as const }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("join" as const),
      who: WHO,
      after: fc.option(fc.nat(100)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("leave" as const), which: fc.nat(30) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("toggle" as const), who: WHO }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("block" as const), who: WHO }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("controls" as const, "feeds" as const, "both" as const),
    }),
  },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.nat(60) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type World = ReturnType<typeof createWorld>;

function act({ stream, clients, join }: World, each: Exclude<Step, { kind: "wait" }>): void {
  const { log } = stream;
  if (each.kind === "append") stream.append();
  else if (each.kind === "join") {
    const after = each.after === null ? undefined : Math.floor((log.length * each.after) / 100);
    join(`v${each.who}`, after);
  } else if (each.kind === "leave") clients[each.which]?.cancel();
  else if (each.kind === "toggle") {
    const who = `v${each.who}`;
    stream.append(stream.isMember(who) ? { out: who } : { in: who });
  } else if (each.kind === "block") {
    stream.block(`v${each.who}`, !stream.isBlocked(`v${each.who}`));
  } else {
    if (each.kind !== "feeds") stream.cut("controls");
    if (each.kind !== "controls") stream.cut("feeds");
  }
}

interface Scene {
  readonly seed: number;
  readonly steps: readonly Step[];
}

const scenes: fc.Arbitrary<Scene> = fc.record({
  seed: fc.noShrink(fc.integer({ min: 1 })),
  steps: fc.array(step, { minLength: 20, maxLength: 120 }),
});

/** Plays a scene to its end, and returns the faults. */
async function faultsOf({ seed, steps }: Scene, without?: Without): Promise<string[]> {
  const world = createWorld(seed, without);
  const { stream, clients } = world;
  const left = new Set<Client>();
  for (const each of steps) {
    if (each.kind === "leave")
      for (const one of clients.slice(each.which, each.which + 1)) left.add(one);
    if (each.kind === "wait") await vi.advanceTimersByTimeAsync(each.ms);
    else act(world, each);
  }
  await vi.advanceTimersByTimeAsync(20_000);
  const isFeedCut = steps.some(({ kind }) => kind === "feeds" || kind === "both");
  const found = clients.flatMap((client) =>
    left.has(client) ? holesOf(client) : [...holesOf(client), ...endOf(stream, client, isFeedCut)],
  );
  for (const client of clients)
    if (isServedOnceOut(stream, client)) found.push("a removed member got an event");
  for (const { cancel } of clients) cancel();
  await vi.advanceTimersByTimeAsync(10);
  if (world.feeds.size + stream.openNow("feeds") > 0) found.push("a feed is open for nobody");
  if (stream.openNow("controls") > 0) found.push("a control stream is open for nobody");
  if (vi.getTimerCount() > 0) found.push("a timer runs for nobody");
  return found;
}

describe("members that join, resume, are cut, removed and added again", () => {
  test("get every event once and in order, none after a removal, and leave nothing open", async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        expect(await faultsOf(scene)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  test.each([
    ["positions", "is followed by"],
    ["revocation", "a removed member got an event"],
    ["replay", "ends at"],
    ["authorization", "which is not their end"],
  ] as const)(
    "break this without %s",
    async (without, expected) => {
      const found: string[] = [];
      for (const scene of fc.sample(scenes, { numRuns: 100, seed: 1 })) {
        found.push(...(await faultsOf(scene, without)));
      }
      expect(found.join()).toContain(expected);
    },
    120_000,
  );
});
