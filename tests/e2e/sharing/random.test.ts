// Random scenes of watchers at a real router, in front of replicas whose bus loses three messages
// of ten: every watcher receives the visible entries once and in order.
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { MemberOptions } from "../../../router/subscriptions/member.ts";
import type { Frame } from "../../kit/socket.ts";
import { accessToken } from "../../kit/tokens.ts";
import { aChangingConversation, PEOPLE } from "./changing-conversation.ts";
import { type Replica, startReplica } from "./replica.ts";
import { type SharingRouter, startSharingRouter, type Watcher, watchAt } from "./sharing-router.ts";
import { withoutPositionCheck } from "./without-position-check.ts";

/** The parts to skip: the check of positions, and resuming a feed where it broke. */
const without = vi.hoisted(() => ({ positions: false, resuming: null as (() => number) | null }));
vi.mock(import("../../../router/subscriptions/member.ts"), async (original) => {
  const { openMember } = await original();
  const believe = (options: MemberOptions) =>
    without.positions ? withoutPositionCheck(options) : options;
  return { openMember: (options, listener) => openMember(believe(options), listener) };
});
vi.mock(import("../../../router/subscriptions/feed.ts"), async (original) => {
  const feeds = await original();
  const openFeed: typeof feeds.openFeed = ({ open, ...options }) =>
    feeds.openFeed({ ...options, open: (at, sink) => open(without.resuming?.() ?? at, sink) });
  return { ...feeds, openFeed };
});

const WHO = fc.nat(PEOPLE - 1);
const step = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant("say" as const), at: fc.nat(1) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("join" as const),
      who: WHO,
      /** The start position, in percent of the log. Null starts with live entries. */
      after: fc.option(fc.nat(100)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("leave" as const), which: fc.nat(10) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("toggle" as const), who: WHO }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("cut" as const),
      which: fc.constantFrom(0, 1, undefined),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "restart" as const }) },
);

const scenes = fc.record({
  kind: fc.constantFrom("group" as const, "direct" as const),
  steps: fc.array(step, { minLength: 30, maxLength: 60 }),
  /** Which messages of the bus are lost: about three of ten. The list repeats. */
  losses: fc.array(fc.nat(9), { minLength: 5, maxLength: 30 }),
});
type Scene = typeof scenes extends fc.Arbitrary<infer T> ? T : never;
type Talk = Awaited<ReturnType<typeof aChangingConversation>>;

interface Client {
  readonly personId: string;
  readonly start: number | undefined;
  /** The head at the time of subscribing. */
  readonly head: number;
  readonly wasIn: boolean;
  readonly watcher: Watcher;
  readonly got: number[];
  end: string | undefined;
  hasLeft: boolean;
}

async function join(
  router: SharingRouter,
  talk: Talk,
  personId: string,
  percent: number | null,
): Promise<Client> {
  const head = talk.head();
  const start = percent === null ? undefined : Math.floor((head * percent) / 100);
  const token = await accessToken({ userId: personId });
  const { conversationId } = talk;
  const watcher = await watchAt(router, { token }, { conversationId, after: start ?? null });
  const state = { got: [], end: undefined, hasLeft: false };
  const client: Client = { ...state, personId, start, head, watcher, wasIn: talk.isIn(personId) };
  void listen(client);
  return client;
}

/** Reads the frames of a client until its stream ends. */
async function listen(client: Client): Promise<void> {
  for (;;) {
    const { socket, id } = client.watcher;
    const frame: Frame | null = await socket.next(id, 120_000).catch(() => null);
    if (!frame) return;
    const { type, payload } = frame;
    if (type === "next") {
      const { data } = payload as { data: { conversationEvents: { seq: number } } };
      client.got.push(data.conversationEvents.seq);
      continue;
    }
    const [error] = type === "error" ? (payload as { extensions: { code: string } }[]) : [];
    client.end = error?.extensions.code ?? type;
    return;
  }
}

/** A router in front of a replica that can be stopped and replaced. */
async function aRouterAndReplica({ kind, losses }: Pick<Scene, "kind" | "losses">) {
  let arrived = 0;
  const loses = () => {
    arrived += 1;
    return (losses[arrived % losses.length] ?? 9) < 3;
  };
  const replicas: Replica[] = [await startReplica({ loses }), await startReplica({ loses })];
  const at = (which: number) => replicas[which % 2] as Replica;
  const router = await startSharingRouter(at(0).url);
  const talk = await aChangingConversation(kind, at);
  return {
    router,
    talk,
    async restart() {
      const [old] = replicas;
      replicas[0] = await startReplica({ loses });
      router.proxy.pointTo(at(0).url);
      await old?.stop();
    },
    async stop() {
      await router.stop();
      await Promise.all(replicas.map((replica) => replica.stop()));
    },
  };
}

/** Runs a scene until every client has all entries, and returns what is wrong. */
async function faultsOf(scene: Scene): Promise<string[]> {
  const { router, talk, restart, stop } = await aRouterAndReplica(scene);
  const clients: Client[] = [];
  for (const each of scene.steps) {
    if (each.kind === "say") await talk.say(each.at);
    else if (each.kind === "toggle") await talk.toggle(each.who);
    else if (each.kind === "cut") router.proxy.cut(each.which);
    else if (each.kind === "restart") await restart();
    else if (each.kind === "join") {
      clients.push(await join(router, talk, talk.people[each.who] ?? "", each.after));
    } else {
      const client = clients[each.which];
      client?.watcher.close();
      if (client) client.hasLeft = true;
    }
  }
  await talk.say(0);
  const isSettled = ({ personId, start, got, end, hasLeft }: Client) => {
    if (hasLeft || end !== undefined) return true;
    const hasAll = (got.at(-1) ?? start) === talk.head() || isQuiet(start, got);
    return hasAll && talk.isIn(personId);
  };
  await expect
    .poll(() => clients.filter((client) => !isSettled(client)).length, { timeout: 30_000 })
    .toBe(0)
    .catch(() => {});
  const found = clients.flatMap((client) => [
    ...holesOf(client),
    ...(client.hasLeft ? [] : endOf(client, talk)),
  ]);
  for (const { watcher } of clients) watcher.close();
  await expect.poll(() => router.feeds(), { timeout: 10_000 }).toBe(0);
  await stop();
  return found;
}

/** A client that starts with live entries may be authorized after the last message. */
const isQuiet = (start: number | undefined, got: readonly number[]) =>
  start === undefined && got.length === 0;

function holesOf({ start, head, got }: Client): string[] {
  return got.flatMap((seq, at) => {
    const before = at === 0 ? start : got[at - 1];
    const follows = before === undefined ? seq > head : seq === before + 1;
    return follows ? [] : [`${before} is followed by ${seq}`];
  });
}

function endOf({ personId, start, head, wasIn, got, end }: Client, talk: Talk): string[] {
  const last = got.at(-1) ?? start;
  const own = talk.changes.filter((change) => change.personId === personId);
  const out = own.findLast(({ isIn }) => !isIn);
  const isOutForGood = out !== undefined && own.at(-1) === out;
  const found = isOutForGood && out.seq >= head && (last ?? 0) > out.seq ? ["served when out"] : [];
  if (end === undefined) {
    if (!talk.isIn(personId)) found.push("a removed client receives entries");
    if (!isQuiet(start, got) && last !== talk.head()) {
      found.push(`ends at ${last} of ${talk.head()}`);
    }
    return found;
  }
  const isOut = !wasIn || own.some(({ seq, isIn }) => !isIn && seq >= head);
  const reasons: Record<string, boolean> = {
    // After the entry of the removal.
    complete: own.some(({ seq, isIn }) => !isIn && seq === last),
    NOT_FOUND: isOut,
    // A broken feed cannot deliver the last entries to a removed client. A client without a
    // position that was not authorized when a socket broke gets this code, too.
    SUBGRAPH_UNAVAILABLE: isOut || last === undefined,
  };
  if (!reasons[end]) found.push(`ended by ${end} at ${last}`);
  return found;
}

test("clients miss and repeat nothing after joins, resumes, cuts, removals and returns", async () => {
  await fc.assert(
    fc.asyncProperty(scenes, async (scene) => {
      expect(await faultsOf(scene)).toEqual([]);
    }),
    { numRuns: 10, endOnFailure: true },
  );
}, 240_000);

/** The faults with feeds that reopen at the head after each broken connection. */
async function faultsOfForgetfulFeeds(): Promise<string[]> {
  const { router, talk, stop } = await aRouterAndReplica({ kind: "group", losses: [] });
  without.resuming = talk.head;
  const clients = await Promise.all(talk.people.map((id) => join(router, talk, id, 0)));
  const sayUntilHeard = async () => {
    const before = talk.head();
    const isHeard = async () => {
      await talk.say(0);
      return clients.every(({ got }) => (got.at(-1) ?? 0) > before);
    };
    await expect.poll(isHeard, { timeout: 20_000, interval: 200 }).toBe(true);
  };
  for (const _ of [1, 2, 3]) {
    await sayUntilHeard();
    router.proxy.refuse(true);
    router.proxy.cut(1);
    for (const _ of [1, 2, 3]) await talk.say(0);
    router.proxy.refuse(false);
    await sayUntilHeard();
  }
  const found = clients.flatMap(holesOf);
  for (const { watcher } of clients) watcher.close();
  await stop();
  return found;
}

test("live clients miss nothing of a feed that reopens at the head, unless they ignore positions", async () => {
  expect(await faultsOfForgetfulFeeds()).toEqual([]);
  without.positions = true;
  expect(await faultsOfForgetfulFeeds()).not.toEqual([]);
}, 120_000);
