// The fields of shared events, generated over the whole graph: every field that is not private has
// the same value in the shared event as in each viewer's own, whatever the viewer's relations. A
// private field is never shared.
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadSupergraph, readSupergraphFile } from "../../../router/supergraph/supergraph.ts";
import { untilRows } from "../../kit/database.ts";
import { connect, type Socket } from "../../kit/socket.ts";
import { aPerson, type Person, type TokenHolder } from "../../kit/stories.ts";
import { replicaUrl } from "../../kit/subgraph-socket.ts";
import { accessToken } from "../../kit/tokens.ts";
import { sendAvatar } from "../../kit/uploads.ts";
import { png } from "../media/made.ts";
import { aGroup, mutate, send } from "../messaging/harness.ts";
import { pictureFor, settlesAnew, threeFiles } from "./attached.ts";
import { aRichEvent, gatheringSteps } from "./gathering.ts";
import { coordinatesIn, type Selections, selectionsOf } from "./selection.ts";
import { type SharingRouter, startSharingRouter } from "./sharing-router.ts";

interface Watching extends Pick<TokenHolder, "token"> {
  /** The steps that they may watch: the number of the first, and of the one after the last. */
  readonly from?: number;
  readonly until?: number;
}

/** A shared subscription, its viewers, and the steps that cause events. */
interface Scene {
  readonly argument: string;
  readonly id: string;
  readonly viewers: readonly Watching[];
  /** Each causes one event. */
  readonly steps: readonly (() => Promise<unknown>)[];
}

const MOST = 1_000_000;
const LIMITS = {
  ...{ tokens: MOST, selections: MOST, depth: 100, listDepth: 100, cost: MOST, aliases: MOST },
  frameBytes: MOST,
};
const POLL = { interval: 20, timeout: 20_000 };

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

/** A person with a complete card. */
async function aCard(name: string): Promise<Person> {
  const person = await aPerson(name);
  await mutate("UpdateProfile", person, { headline: `I am ${name}` });
  return person;
}

/** Blocks a person, and waits until messaging knows. */
async function blocks(blocker: TokenHolder, blocked: TokenHolder): Promise<void> {
  await mutate("BlockUser", blocker, { userId: blocked.id });
  const open = () =>
    mutate("OpenDirectConversation", blocked, { userId: blocker.id }).catch(() => "refused");
  await expect.poll(open, POLL).toBe("refused");
}

const asAdmin = async ({ id: userId }: TokenHolder) => ({
  token: await accessToken({ userId, roles: ["ADMIN"], scopes: ["admin"] }),
});

/** The group of an event has the same fields; those of the event itself are in its own scene. */
const isOfEventGroup = (coordinate: string) =>
  /^(Conversation\.event$|Event|Question)/.test(coordinate);

/**
 * Watched by its owner, whom a member blocks and who leaves; by that member, who writes; by another
 * person whom he blocks; by an admin who has read everything; and by one who is added later.
 */
async function aTalk(): Promise<Scene> {
  const people = await Promise.all(["Ada", "Bob", "Cy", "Dan", "Eve"].map(aCard));
  const [ada, bob, cy, dan, eve] = people as [Person, Person, Person, Person, Person];
  await sendAvatar(ada, await png(60, 40));
  const id = await aGroup(ada, [bob, cy, eve]);
  await pictureFor(id);
  const { attachmentIds, document } = await threeFiles(ada, id);
  const messageId = (await send(ada, id, "before", { attachmentIds })).message?.id ?? "";
  await mutate("PinMessage", bob, { messageId });
  await mutate("MarkRead", eve, { conversationId: id, seq: 2 });
  await Promise.all([blocks(bob, cy), blocks(bob, ada)]);
  const mentions = [{ userId: eve.id, start: "a reply to ".length, length: "@Eve".length }];
  const steps = [
    () => send(bob, id, "a reply to @Eve", { replyToId: messageId, mentions }),
    () => send(bob, id, "in its thread", { threadRootId: messageId }),
    () => mutate("EditMessage", ada, { messageId, body: "edited" }),
    () => mutate("AddReaction", bob, { messageId, emoji: "👍" }),
    () => mutate("AddMembers", ada, { conversationId: id, userIds: [dan.id] }),
    () => mutate("UnpinMessage", cy, { messageId }),
    () => mutate("PinMessage", cy, { messageId }),
    () => settlesAnew(document),
    () => mutate("DeleteMessage", ada, { messageId }),
    () => mutate("UpdateConversation", ada, { conversationId: id, description: "Of five" }),
    () => mutate("SetMemberRole", ada, { conversationId: id, userId: bob.id, role: "ADMIN" }),
    () => mutate("LeaveConversation", ada, { conversationId: id }),
  ];
  const owner = { ...ada, until: steps.length - 1 };
  const added = { ...dan, from: 5 };
  const viewers = [bob, cy, owner, await asAdmin(eve), added];
  return { argument: "conversationId", id, viewers, steps };
}

/** Watched by its organizer, who blocks an attendee, and by admins, one being that attendee. */
async function aGathering(): Promise<Scene> {
  const people = await Promise.all(["Org", "Ada", "Bob", "Cy", "Dan"].map(aCard));
  // Every account may organize.
  const [organizer, ada, bob, cy, host] = people as [Person, Person, Person, Person, Person];
  await untilRows("events", "select from person where id = $1", [host.id], 1);
  await sendAvatar(organizer, await png(60, 40));
  const id = await aRichEvent(organizer, host);
  const [own, second, ...others] = gatheringSteps(organizer, { ada, bob, cy }, id);
  // A block before would prevent her registration.
  const thenBlocks = async () => {
    await second?.();
    await blocks(organizer, ada);
  };
  const steps = [...(own ? [own] : []), thenBlocks, ...others];
  const viewers = [organizer, await asAdmin(cy), await asAdmin(ada)];
  return { argument: "eventId", id, viewers, steps };
}

const SCENES = { conversationEvents: aTalk, registrationUpdated: aGathering };

interface Stream {
  readonly socket: Socket;
  readonly id: string;
}

type Field = keyof typeof SCENES;

async function open(
  field: Field,
  { argument, id, viewers }: Omit<Scene, "steps">,
  selection: string,
  after: number,
) {
  const query = `subscription($id: ID!, $after: Int) {
    ${field}(${argument}: $id, after: $after) ${selection} }`;
  return Promise.all(
    viewers.map(async ({ token }): Promise<Stream> => {
      const socket = await connect({ url: router.url, as: token });
      return { socket, id: socket.subscribe(query, { id, after }) };
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

  test("shared events equal ordinary ones, field by field over the whole graph", async () => {
    const scene = await makeScene();
    const { all, selected } = selectionsFor(field);
    const before = field === "conversationEvents" ? 2 : 1;
    const shared: Stream[] = [];
    const found = new Set<string>();
    for (const [at, step] of scene.steps.entries()) {
      const come = scene.viewers.filter(({ from = 0 }) => from === at);
      shared.push(...(await open(field, { ...scene, viewers: come }, all, before + at)));
      await expect.poll(() => router.feeds(), POLL).toBe(1);
      await step();
      const [event, ...others] = await next(shared);
      for (const other of others) expect(other).toEqual(event);
      // A replayed event is resolved for the viewer, with the current state.
      const { length } = scene.steps;
      const viewers = scene.viewers.filter(
        ({ from = 0, until = length }) => from <= at && at < until,
      );
      const alone = await open(field, { ...scene, viewers }, all, before + at);
      for (const own of await next(alone)) expect(own).toEqual(event);
      close(alone);
      expect(event).not.toHaveProperty("errors");
      coordinatesIn((event as { readonly data: unknown }).data, found);
    }
    expect(await router.feeds()).toBe(1);
    close(shared);
    await expect.poll(() => router.feeds(), POLL).toBe(0);
    expect([...selected].filter((each) => !found.has(each) && !isOfEventGroup(each))).toEqual([]);
  }, 60_000);

  test("private fields are not shared", async () => {
    const made = await makeScene();
    const scene = { ...made, viewers: made.viewers.slice(0, 2) };
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
