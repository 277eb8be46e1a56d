// What clients of a router share, generated over the whole graph: every field that is not marked
// as somebody's own is in the shared event what each viewer reads who asks alone, and what is so
// marked is never shared.
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadSupergraph, readSupergraphFile } from "../../../router/supergraph.ts";
import { connect, type Socket } from "../../kit/socket.ts";
import {
  anEvent,
  aPerson,
  aRegistration,
  cancelRegistration,
  type Stranger,
  strangers,
} from "../../kit/stories.ts";
import { replicaUrl } from "../../kit/subgraph-socket.ts";
import { accessToken } from "../../kit/tokens.ts";
import { aGroup, change, said, send } from "../messaging/harness.ts";
import { type Selections, selectionsOf, toldIn } from "./selection.ts";
import { type SharingRouter, startSharingRouter } from "./sharing-router.ts";

/** A shared subscription: who watches, and what there is to see. */
interface Scene {
  readonly argument: string;
  readonly id: string;
  readonly viewers: readonly Pick<Stranger, "token">[];
  /** Each causes one event. */
  readonly steps: readonly (() => Promise<unknown>)[];
}

const MOST = 1_000_000;
const LIMITS = {
  ...{ tokens: MOST, selections: MOST, depth: 100, listDepth: 100, cost: MOST, aliases: MOST },
  frameBytes: MOST,
};
const POLL = { interval: 20, timeout: 10_000 };

let router: SharingRouter;
let selectionsFor: (field: string) => Selections;
beforeAll(async () => {
  router = await startSharingRouter(replicaUrl("messaging"), { LIMITS: JSON.stringify(LIMITS) });
  const sdl = await readSupergraphFile("schema/supergraph.graphql");
  const log = pino({ level: "silent" });
  const { fullSchema } = await loadSupergraph({ sdl, scalars: {}, log });
  selectionsFor = (field) => selectionsOf(fullSchema, field);
});
afterAll(() => router.stop());

async function aTalk(): Promise<Scene> {
  const [ada, bob, cy] = await Promise.all([aPerson("Ada"), aPerson("Bob"), aPerson("Cy")]);
  const [dan] = await strangers(1);
  const id = await aGroup(ada, [bob, cy]);
  const { id: messageId } = await said(ada, id, "before");
  await change("PinMessage", bob, { messageId });
  const steps = [
    () => send(bob, id, "a reply", { replyToId: messageId }),
    () => change("EditMessage", ada, { messageId, body: "edited" }),
    () => change("AddReaction", bob, { messageId, emoji: "👍" }),
    () => change("AddMembers", ada, { conversationId: id, userIds: [dan.id] }),
    () => change("UnpinMessage", cy, { messageId }),
    () => change("PinMessage", cy, { messageId }),
    () => change("DeleteMessage", ada, { messageId }),
    () => change("LeaveConversation", ada, { conversationId: id }),
  ];
  return { argument: "conversationId", id, viewers: [bob, cy], steps };
}

async function aGathering(): Promise<Scene> {
  const [organizer, ada, bob] = await Promise.all([aPerson("Org"), aPerson("Ada"), aPerson("Bob")]);
  // Whoever signs up may organize.
  const id = await anEvent(organizer.token, { capacity: 2, tags: ["typescript"] });
  const [admin] = await strangers(1);
  const token = await accessToken({ userId: admin.id, roles: ["ADMIN"], scopes: ["admin"] });
  let taken = "";
  const steps = [
    () => aRegistration(organizer.token, id),
    async () => {
      taken = (await aRegistration(ada.token, id)).id;
    },
    () => aRegistration(bob.token, id),
    () => cancelRegistration(ada.token, taken),
  ];
  return { argument: "eventId", id, viewers: [organizer, { token }], steps };
}

const SCENES = { conversationEvents: aTalk, registrationUpdated: aGathering };

/** What the stories leave empty. */
const SILENT = ["Event.description", "Event.venue", "User.headline", "User.avatarUrl"];

interface Stream {
  readonly socket: Socket;
  readonly id: string;
}

type Field = keyof typeof SCENES;

async function open(field: Field, scene: Scene, selection: string, after: number) {
  const query = `subscription($id: ID!, $after: Int) {
    ${field}(${scene.argument}: $id, after: $after) ${selection} }`;
  return Promise.all(
    scene.viewers.map(async ({ token }): Promise<Stream> => {
      const socket = await connect({ url: router.url, as: token });
      return { socket, id: socket.subscribe(query, { id: scene.id, after }) };
    }),
  );
}

const next = (streams: readonly Stream[]) =>
  Promise.all(streams.map(async ({ socket, id }) => (await socket.next(id, 10_000)).payload));

const close = (streams: readonly Stream[]) => {
  for (const { socket } of streams) socket.close();
};

describe.each(Object.entries(SCENES))("of %s", (name, makeScene) => {
  const field = name as Field;

  test("everybody shares what each would read alone, field by field over the whole graph", async () => {
    const scene = await makeScene();
    const { all, selected } = selectionsFor(field);
    const before = field === "conversationEvents" ? 2 : 0;
    const shared = await open(field, scene, all, before);
    await expect.poll(() => router.feeds(), POLL).toBe(1);
    const told = new Set<string>();
    for (const [at, step] of scene.steps.entries()) {
      await step();
      const [event, ...others] = await next(shared);
      for (const other of others) expect(other).toEqual(event);
      // Replayed, an event is read by the viewer, as they read it now.
      const alone = await open(field, scene, all, before + at);
      for (const own of await next(alone)) expect(own).toEqual(event);
      close(alone);
      expect(event).not.toHaveProperty("errors");
      toldIn((event as { readonly data: unknown }).data, told);
    }
    expect(await router.feeds()).toBe(1);
    close(shared);
    await expect.poll(() => router.feeds(), POLL).toBe(0);
    const untold = [...selected].filter((coordinate) => !told.has(coordinate));
    expect(untold.filter((coordinate) => !SILENT.includes(coordinate))).toEqual([]);
  }, 60_000);

  test("what is somebody's own is shared with nobody", async () => {
    const scene = await makeScene();
    for (const step of scene.steps.slice(0, 3)) await step();
    const { refused } = selectionsFor(field);
    expect(refused.size).toBeGreaterThan(10);
    for (const [coordinate, selection] of refused) {
      const streams = await open(field, scene, selection, 0);
      await next(streams);
      expect([coordinate, await router.feeds()]).toEqual([coordinate, 0]);
      close(streams);
    }
  }, 60_000);
});
