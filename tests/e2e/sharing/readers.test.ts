// The fields that the audience of a shared stream reads, generated over the SDL: shared fields
// equal those of every viewer, and private fields have no data.

import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { loadSubgraphSdl } from "../../../kit/service/sdl.ts";
import type { Identity } from "../../../kit/trust/identity.ts";
import { aPerson, namedPeople, type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import {
  AUDIENCE,
  asViewer,
  connectToSubgraph,
  type Payload,
  payloadOf,
  replicaUrl,
  type SubgraphSocket,
} from "../../kit/subgraph-socket.ts";
import { aGroup, aMessage, mutate, send } from "../messaging/harness.ts";
import { pictureFor, settlesAnew, threeFiles } from "./attached.ts";
import { aRichEvent, gatheringSteps } from "./gathering.ts";
import { coordinatesIn, selectionsOf } from "./selection.ts";

/** A shared subscription: its subgraph, its viewers, and the steps that cause events. */
interface Scene {
  readonly subgraph: "messaging" | "events";
  readonly field: string;
  readonly argument: string;
  readonly id: string;
  /** The head before the first step. */
  readonly head: number;
  readonly viewers: readonly Identity[];
  /** Each causes one event. */
  readonly steps: readonly (() => Promise<unknown>)[];
}

const schemaOf = (subgraph: string) =>
  buildSubgraphSchema([{ typeDefs: parse(loadSubgraphSdl(subgraph)) }]);

interface Reader {
  readonly socket: SubgraphSocket;
  readonly id: string;
}

const documentOf = ({ field, argument }: Scene, selection: string) =>
  `subscription($id: ID!, $after: Int) { ${field}(${argument}: $id, after: $after) ${selection} }`;

/** A stream for each viewer and one for the audience, at both replicas. */
async function readersOf(scene: Scene, selection: string): Promise<Reader[]> {
  const query = documentOf(scene, selection);
  const variables = { id: scene.id, after: scene.head };
  const shareKey = scene.subgraph === "events" ? `event:${scene.id}` : `conversation:${scene.id}`;
  const readers: Reader[] = [];
  for (const replica of [0, 1]) {
    const socket = await connectToSubgraph(replicaUrl(scene.subgraph, replica));
    const feed = { query, variables, identity: AUDIENCE, live: { mode: "feed", shareKey } };
    const id = await socket.subscribe(feed);
    for (const identity of scene.viewers) {
      readers.push({ socket, id: await socket.subscribe({ query, variables, identity }) });
    }
    await payloadOf(socket, id);
    readers.push({ socket, id });
  }
  return readers;
}

/**
 * For each selection, the payload of each reader for each step. All streams are read before the
 * next step.
 */
async function readSteps(scene: Scene, selections: readonly string[]): Promise<Payload[][][]> {
  const groups: { readers: Reader[]; read: Payload[][] }[] = [];
  for (const selection of selections) {
    groups.push({ readers: await readersOf(scene, selection), read: [] });
  }
  for (const step of scene.steps) {
    await step();
    for (const { readers, read } of groups) {
      read.push(await Promise.all(readers.map(({ socket, id }) => payloadOf(socket, id))));
    }
  }
  for (const { socket } of groups.flatMap(({ readers }) => readers)) socket.close();
  return groups.map(({ read }) => read);
}

async function aTalk(): Promise<Scene> {
  const [ada, bob, cy] = await Promise.all([aPerson("Ada"), aPerson("Bob"), aPerson("Cy")]);
  const [dan] = await tokenHolders(1);
  const group = await aGroup(ada, [bob, cy]);
  await pictureFor(group);
  const { id: replyToId } = await aMessage(ada, group, "first");
  const { attachmentIds, document } = await threeFiles(ada, group);
  const wish = { replyToId, attachmentIds };
  const messageId = (await send(ada, group, "before", wish)).message?.id ?? "";
  await mutate("PinMessage", bob, { messageId });
  await mutate("BlockUser", bob, { userId: cy.id });
  const open = () =>
    mutate("OpenDirectConversation", cy, { userId: bob.id }).catch(() => "refused");
  await expect.poll(open, { timeout: 10_000 }).toBe("refused");
  const inGroup = { conversationId: group };
  for (const person of [bob, cy]) {
    await mutate("SaveDraft", person, { ...inGroup, body: "a draft", expectedVersion: 0 });
    await mutate("MuteConversation", person, { ...inGroup, mutedUntil: "2100-01-01T00:00:00Z" });
  }
  const mentions = [{ userId: cy.id, start: "a reply to ".length, length: "@Cy".length }];
  const steps = [
    () => send(bob, group, "a reply to @Cy", { replyToId: messageId, mentions }),
    () => send(bob, group, "in its thread", { threadRootId: messageId }),
    () => mutate("EditMessage", ada, { messageId, body: "edited" }),
    () => mutate("AddReaction", bob, { messageId, emoji: "👍" }),
    () => mutate("AddReaction", cy, { messageId, emoji: "👍" }),
    () => mutate("AddMembers", ada, { ...inGroup, userIds: [dan.id] }),
    () => mutate("RemoveMember", ada, { ...inGroup, userId: dan.id }),
    () => mutate("UnpinMessage", cy, { messageId }),
    () => mutate("PinMessage", cy, { messageId }),
    () => settlesAnew(document),
    () => mutate("DeleteMessage", ada, { messageId }),
    () => mutate("UpdateConversation", ada, { ...inGroup, description: "Of three" }),
    () => mutate("SetMemberRole", ada, { ...inGroup, userId: bob.id, role: "ADMIN" }),
    () => mutate("LeaveConversation", ada, inGroup),
  ];
  const viewers = [bob, cy].map((person) => asViewer(person.id));
  const argument = "conversationId";
  return {
    subgraph: "messaging",
    field: "conversationEvents",
    argument,
    id: group,
    head: 3,
    viewers,
    steps,
  };
}

let host: TokenHolder;
beforeAll(async () => {
  [host] = await namedPeople(1);
});

async function aGathering(): Promise<Scene> {
  const [organizer, ada, bob, cy] = await tokenHolders(4);
  const id = await aRichEvent(organizer, host);
  const steps = gatheringSteps(organizer, { ada, bob, cy }, id);
  const viewers = [asViewer(organizer.id), asViewer(newId(), { scopes: ["admin"] })];
  const argument = "eventId";
  return {
    subgraph: "events",
    field: "registrationUpdated",
    argument,
    id,
    // The ticket type is told.
    head: 1,
    viewers,
    steps,
  };
}

const SCENES = { conversationEvents: aTalk, registrationUpdated: aGathering };

describe.each(Object.entries(SCENES))("of %s", (field, makeScene) => {
  test("the audience reads the same as every viewer, field by field, at both replicas", async () => {
    const scene = await makeScene();
    const { all, selected } = selectionsOf(schemaOf(scene.subgraph), field);
    const found = new Set<string>();
    const [read = []] = await readSteps(scene, [all]);
    for (const [first, ...others] of read) {
      expect(first?.errors).toBeUndefined();
      for (const each of others) expect(each.data).toEqual(first?.data);
      coordinatesIn(first?.data, found);
    }
    // The link to a file works for one person.
    expect([...selected].filter((coordinate) => coordinate.startsWith("FileLink."))).toEqual([]);
    const missing = [...selected].filter((coordinate) => !found.has(coordinate));
    // No group of an event is in the scene, and no cover.
    const absent = /^(Conversation\.event|Event\.(id|coverUrl))$/;
    expect(missing.filter((each) => !absent.test(each))).toEqual([]);
  });

  test("the audience reads no private field, and the viewers do", async () => {
    const scene = await makeScene();
    const { refused } = selectionsOf(schemaOf(scene.subgraph), field);
    expect(refused.size).toBeGreaterThan(2);
    // No group of an event is in the scene, and no picture that was sent.
    const absent = ["Event.conversation", "Event.coverUpload", "Conversation.pictureUpload"];
    const tried = [...refused].filter(([coordinate]) => !absent.includes(coordinate));
    const places = scene.viewers.length + 1;
    const isAudience = (at: number) => at % places === places - 1;
    const reads = await readSteps(
      scene,
      tried.map(([, selection]) => selection),
    );
    for (const [index, [coordinate]] of tried.entries()) {
      const read = reads[index] ?? [];
      const toldTo = (isIt: boolean) =>
        read.flatMap((payloads) =>
          payloads.flatMap(({ data }, at) =>
            isAudience(at) === isIt ? [...coordinatesIn(data)] : [],
          ),
        );
      expect(toldTo(true)).not.toContain(coordinate);
      expect(toldTo(false)).toContain(coordinate);
    }
  }, 120_000);
});
