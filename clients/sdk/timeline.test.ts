// Guarantees about a timeline: whatever mix of pages and events arrives, rendered early or late, it
// equals what the server would answer in the end.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ConversationEvent } from "./client.ts";
import {
  type ConversationPage,
  type Message,
  type Timeline,
  timelineOf,
  unreadIn,
  withEarlier,
  withEvent,
} from "./timeline.ts";

const VIEWER = "me";
const PEOPLE = [VIEWER, "ada", "bob"];
const EMOJI = ["👍", "🎉"];
const PAGE = 3;

/** A message as the server stores it. */
interface Stored {
  readonly id: string;
  readonly seq: number;
  readonly sender: string;
  readonly version: number;
  readonly body: string | null;
  readonly given: readonly (readonly [emoji: string, person: string])[];
}

interface Entry {
  readonly kind: "MessageSent" | "MessageEdited" | "MessageDeleted" | "ReactionChanged";
  readonly messageId: string;
  readonly actor: string;
  readonly emoji?: string;
  readonly isAdded?: boolean;
}

function messageFrom(stored: Stored): Message {
  const { id, seq, body, version, sender, given } = stored;
  const emoji = [...new Set(given.map(([each]) => each))].sort();
  return {
    __typename: "Message",
    id,
    seq,
    body,
    version,
    clientMessageId: id,
    createdAt: "t",
    editedAt: null,
    deletedAt: body === null ? "t" : null,
    pinnedAt: null,
    sender: { __typename: "User", id: sender, displayName: sender, headline: null },
    reactions: emoji.map((each) => {
      const people = given.filter(([other]) => other === each).map(([, person]) => person);
      const isViewerAmong = people.includes(VIEWER);
      return { __typename: "ReactionCount", emoji: each, count: people.length, isViewerAmong };
    }),
  };
}

/** A server whose every state so far can be read. */
class Server {
  readonly states: (readonly Stored[])[] = [[]];
  readonly entries: Entry[] = [];

  get now(): number {
    return this.entries.length;
  }

  change(roll: number): void {
    const messages = this.states[this.now] ?? [];
    const actor = PEOPLE[roll % 3] ?? "";
    const at = (roll >> 2) % Math.max(1, messages.length);
    const target = messages[at];
    const kind = (roll >> 8) % 4;
    if (!target || kind === 0) {
      const seq = this.now + 1;
      const id = `m${seq}`;
      const sent = { id, seq, sender: actor, version: 1, body: `${seq}`, given: [] };
      this.#append({ kind: "MessageSent", messageId: id, actor }, [...messages, sent]);
    } else if (target.body !== null) this.#changeMessage(target, actor, roll);
  }

  #changeMessage(target: Stored, actor: string, roll: number): void {
    const kind = (roll >> 8) % 4;
    const messages = this.states[this.now] ?? [];
    const at = messages.indexOf(target);
    const put = (entry: Omit<Entry, "messageId" | "actor">, next: Partial<Stored>) =>
      this.#append(
        { ...entry, messageId: target.id, actor },
        messages.with(at, { ...target, ...next }),
      );
    const version = target.version + 1;
    const emoji = EMOJI[(roll >> 12) % 2] ?? "";
    const others = target.given.filter(([each, person]) => each !== emoji || person !== actor);
    const isAdded = others.length === target.given.length;
    const given = isAdded ? [...others, [emoji, actor] as const] : others;
    if (kind === 1) put({ kind: "MessageEdited" }, { version, body: `edit ${this.now}` });
    else if (kind === 2) put({ kind: "MessageDeleted" }, { version, body: null, given: [] });
    else put({ kind: "ReactionChanged", emoji, isAdded }, { given });
  }

  #append(entry: Entry, next: readonly Stored[]): void {
    this.entries.push(entry);
    this.states.push(next);
  }

  /** Entry `seq` with the message as it was at `time`. The viewer's part is not in it. */
  event(seq: number, time: number): ConversationEvent {
    const { kind, messageId, actor, ...reaction } = this.entries[seq - 1] as Entry;
    const stored = this.states[time]?.find(({ id }) => id === messageId) as Stored;
    const { sender, reactions, ...message } = messageFrom(stored);
    const shared = reactions.map(({ isViewerAmong: _, ...each }) => each);
    return {
      __typename: kind,
      conversationId: "c",
      seq,
      prevSeq: seq - 1,
      createdAt: "t",
      actor: { id: actor },
      message: { ...message, reactions: shared, ...(kind === "MessageSent" && { sender }) },
      ...reaction,
    } as unknown as ConversationEvent;
  }

  /** The last messages before `before` as they were at `time`. */
  page(time: number, before = Number.POSITIVE_INFINITY): ConversationPage {
    const all = (this.states[time] ?? []).filter(({ seq }) => seq < before);
    const page = all.slice(-PAGE);
    const edges = page.map((stored) => ({ cursor: `${stored.seq}`, node: messageFrom(stored) }));
    const hasPreviousPage = all.length > page.length;
    const pageInfo = { hasPreviousPage, startCursor: edges[0]?.cursor ?? null };
    return { messages: { edges, pageInfo } } as unknown as ConversationPage;
  }
}

type Step = readonly ["change" | "deliver" | "ask" | "answer", number];

const someSteps = fc.array(
  fc.tuple(
    fc.constantFrom("change", "change", "change", "deliver", "deliver", "ask", "answer"),
    fc.nat({ max: 1 << 16 }),
  ) as fc.Arbitrary<Step>,
  { minLength: 5, maxLength: 60 },
);

/** A moment from `from` to now. */
const momentFrom = (from: number, server: Server, roll: number) =>
  from + (roll % (server.now - from + 1));

/** A screen that is opened after `opening` changes, and lives through the steps. */
function live(server: Server, opening: readonly number[], racing: number, steps: readonly Step[]) {
  for (const roll of opening) server.change(roll);
  let position = server.now;
  // The page is read after its `lastSeq`, so that it may have more.
  for (let at = 0; at < racing; at += 1) server.change(at * 977 + 5);
  let timeline: Timeline = timelineOf(server.page(server.now));
  let asked: { readonly before: string; readonly time: number } | null = null;
  let since: ConversationEvent[] = [];
  const deliver = (roll: number) => {
    if (position === server.now) return;
    position += 1;
    const event = server.event(position, momentFrom(position, server, roll));
    since.push(event);
    timeline = withEvent(timeline, event, VIEWER);
  };
  const answer = (roll: number) => {
    if (!asked) return;
    const page = server.page(momentFrom(asked.time, server, roll), Number(asked.before));
    timeline = withEarlier(timeline, page, since, VIEWER);
    asked = null;
  };
  for (const [kind, roll] of steps) {
    if (kind === "change") server.change(roll);
    if (kind === "deliver") deliver(roll);
    if (kind === "answer") answer(roll);
    if (kind === "ask" && !asked && timeline.earlierCursor !== null) {
      asked = { before: timeline.earlierCursor, time: server.now };
      since = [];
    }
  }
  answer(steps.length);
  while (position < server.now) deliver(position * 31);
  return timeline;
}

test("a timeline equals a refetch in the end", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 1 << 16 }), { minLength: 10, maxLength: 40 }),
      fc.nat({ max: 4 }),
      someSteps,
      (opening, racing, steps) => {
        const server = new Server();
        const { messages, earlierCursor } = live(server, opening, racing, steps);
        const first = messages[0]?.seq ?? 0;
        const all = (server.states[server.now] ?? []).map(messageFrom);
        expect(messages).toEqual(all.filter(({ seq }) => seq >= first));
        expect(earlierCursor !== null).toBe(all.some(({ seq }) => seq < first));
      },
    ),
    { numRuns: 2_000 },
  );
});

test("unread are the messages of others behind the mark that are not deleted", () => {
  const base = { version: 1, given: [] };
  const timeline = {
    earlierCursor: null,
    messages: [
      { ...base, id: "a", seq: 1, sender: "ada", body: "read" },
      { ...base, id: "b", seq: 2, sender: VIEWER, body: "own" },
      { ...base, id: "c", seq: 3, sender: "ada", body: null },
      { ...base, id: "d", seq: 4, sender: "ada", body: "new" },
    ].map(messageFrom),
  };
  expect(unreadIn(timeline, 1, VIEWER)).toBe(1);
  expect(unreadIn(timeline, 0, VIEWER)).toBe(2);
});
