// A conversation of a server that can be read as it was at any time, for tests of clients: events
// and pages that were made early or late.
import type { Happening } from "../../clients/sdk/happenings.ts";
import type { ConversationPage, Message } from "../../clients/sdk/messages.ts";
import type { ConversationEvent } from "../../clients/sdk/subscriptions.ts";

export const VIEWER = "me";
const PEOPLE = [VIEWER, "ada", "bob"];
const EMOJI = ["👍", "🎉"];
const PAGE = 3;

/** A message as the server stores it. */
export interface Stored {
  readonly id: string;
  readonly seq: number;
  readonly sender: string;
  readonly version: number;
  readonly body: string | null;
  readonly isPinned?: boolean;
  readonly given: readonly (readonly [emoji: string, person: string])[];
}

interface Entry {
  readonly kind:
    | "MembersChanged"
    | "MessageSent"
    | "MessageEdited"
    | "MessageDeleted"
    | "PinChanged"
    | "ReactionChanged";
  readonly messageId: string;
  readonly actor: string;
  readonly emoji?: string;
  readonly isAdded?: boolean;
  readonly isPinned?: boolean;
}

export function messageFrom(stored: Stored): Message {
  const { id, seq, body, version, sender, isPinned = false, given } = stored;
  const emoji = [...new Set(given.map(([each]) => each))].sort();
  return {
    __typename: "Message",
    id,
    seq,
    body,
    version,
    clientMessageId: id,
    replyToId: null,
    replyTo: null,
    threadRootId: null,
    thread: null,
    isForwarded: false,
    editableUntil: null,
    createdAt: "t",
    editedAt: null,
    deletedAt: body === null ? "t" : null,
    pinnedAt: isPinned ? "t" : null,
    mentions: [],
    isMentioningAll: false,
    sender: { __typename: "User", id: sender, displayName: sender, headline: null },
    attachments: [],
    reactions: emoji.map((each) => {
      const people = given.filter(([other]) => other === each).map(([, person]) => person);
      const isViewerAmong = people.includes(VIEWER);
      return { __typename: "ReactionCount", emoji: each, count: people.length, isViewerAmong };
    }),
  };
}

function happeningFrom(seq: number, actor: string): Happening {
  return {
    __typename: "MembersHappening",
    ...{ seq, createdAt: "t", actor: { id: actor } },
    addedUsers: [{ id: "eve", displayName: "eve" }],
    ...{ addedCount: 1, removedUsers: [], removedCount: 0, isLeaving: false, newOwner: null },
  } as unknown as Happening;
}

function pinFrom(
  seq: number,
  actor: string,
  pin: { readonly messageId: string; readonly isPinned: boolean },
): Happening {
  const by = { seq, createdAt: "t", actor: { id: actor } };
  return { __typename: "PinHappening", ...by, ...pin } as unknown as Happening;
}

/** A server whose every state so far can be read. */
export class SimulatedConversation {
  readonly states: (readonly Stored[])[] = [[]];
  readonly entries: Entry[] = [];

  get now(): number {
    return this.entries.length;
  }

  change(roll: number): void {
    const messages = this.states[this.now] ?? [];
    const actor = PEOPLE[roll % 3] ?? "";
    if ((roll >> 13) % 5 === 0) {
      this.#append({ kind: "MembersChanged", messageId: "", actor }, messages);
      return;
    }
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
    const isPinned = !target.isPinned;
    if ((roll >> 13) % 5 === 1) put({ kind: "PinChanged", isPinned }, { isPinned });
    else if (kind === 1) put({ kind: "MessageEdited" }, { version, body: `edit ${this.now}` });
    else if (kind === 2)
      put({ kind: "MessageDeleted" }, { version, body: null, isPinned: false, given: [] });
    else put({ kind: "ReactionChanged", emoji, isAdded }, { given });
  }

  #append(entry: Entry, next: readonly Stored[]): void {
    this.entries.push(entry);
    this.states.push(next);
  }

  /** Entry `seq` with the message as it was at `time`. The viewer's part is not in it. */
  event(seq: number, time: number): ConversationEvent {
    const { kind, messageId, actor, ...reaction } = this.entries[seq - 1] as Entry;
    if (kind === "MembersChanged") return this.#membersChanged(seq, actor);
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
      ...(kind === "PinChanged" && { messageId }),
      message: { ...message, reactions: shared, ...(kind === "MessageSent" && { sender }) },
      ...reaction,
    } as unknown as ConversationEvent;
  }

  /** Messages as they were at `time`: the last ones, or those before, behind or around a place. */
  page(time: number, { kind, seq }: Place): ConversationPage {
    const all = this.states[time] ?? [];
    const split = all.findIndex((stored) =>
      kind === "later" ? stored.seq > seq : stored.seq >= seq,
    );
    const at = split === -1 ? all.length : split;
    const start = { earlier: at - PAGE, later: at, around: at - 1 }[kind];
    const end = kind === "earlier" ? at : start + PAGE;
    const page = all.slice(Math.max(0, start), Math.max(0, end));
    const edges = page.map((stored) => ({ cursor: `${stored.seq}`, node: messageFrom(stored) }));
    const pageInfo = {
      hasPreviousPage: start > 0,
      hasNextPage: end < all.length,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    };
    const first = start > 0 ? (page[0]?.seq ?? 0) : 0;
    const last = end < all.length ? (page.at(-1)?.seq ?? 0) : Number.POSITIVE_INFINITY;
    const happenings = this.happeningsBetween(
      kind === "later" ? seq : first,
      kind === "earlier" ? seq : last,
      time,
    );
    return {
      messages: { edges, happenings, omittedHappenings: 0, pageInfo },
    } as unknown as ConversationPage;
  }

  /** The happenings in a part of the log, as they were known at `time`. */
  happeningsBetween(after: number, before: number, time: number): Happening[] {
    return this.entries.flatMap(({ kind, actor, messageId, isPinned = false }, at) => {
      const seq = at + 1;
      const isThere = seq > after && seq < before && seq <= time;
      if (!isThere) return [];
      if (kind === "PinChanged") return [pinFrom(seq, actor, { messageId, isPinned })];
      return kind === "MembersChanged" ? [happeningFrom(seq, actor)] : [];
    });
  }

  #membersChanged(seq: number, actor: string): ConversationEvent {
    return {
      __typename: "MembersChanged",
      ...{ conversationId: "c", seq, prevSeq: seq - 1, createdAt: "t" },
      actor: { id: actor },
      addedUserIds: ["eve"],
      addedUsers: [{ id: "eve", displayName: "eve" }],
      removedUserIds: [],
      removedUsers: [],
      newOwnerId: null,
      newOwner: null,
    } as unknown as ConversationEvent;
  }
}

export interface Place {
  readonly kind: "earlier" | "later" | "around";
  readonly seq: number;
}

export const LATEST: Place = { kind: "earlier", seq: Number.POSITIVE_INFINITY };
