// A conversation that changes through the actions of replicas, with its expected head and the
// expected members at each entry.
import { newId } from "../../../kit/data/id.ts";
import { publishAfterCommit } from "../../../kit/live/changes.ts";
import { applyBlock } from "../../../subgraphs/messaging/blocking.ts";
import {
  createGroupConversation,
  openDirectConversation,
} from "../../../subgraphs/messaging/conversations/actions.ts";
import { addMembers, removeMember } from "../../../subgraphs/messaging/members/actions.ts";
import { sendMessage } from "../../../subgraphs/messaging/messages/actions.ts";
import { insertKnownPeople } from "../../kit/stories.ts";
import { upTo } from "../messaging/harness.ts";
import type { Replica } from "./replica.ts";

/** The number of people who join and leave. A direct conversation has the first two. */
export const PEOPLE = 4;

export type ConversationKind = "group" | "direct";

/** A change of membership, with the entry after which it applies. */
export interface Change {
  readonly personId: string;
  readonly seq: number;
  readonly isIn: boolean;
}

/** A conversation with messages, in which people join and leave, or block each other. */
export async function aChangingConversation(
  kind: ConversationKind,
  at: (which: number) => Replica,
) {
  const owner = newId();
  const people = upTo(PEOPLE).map(newId);
  await insertKnownPeople([owner, ...people]);
  const [first = "", second = ""] = people;
  const conversationId = await made(kind, at, owner, people);
  const speaker = kind === "group" ? owner : first;
  const changes: Change[] = [];
  let head = 0;
  let isBlocked = false;
  let sent = 0;

  async function say(which: number): Promise<void> {
    sent += 1;
    const body = `m${sent}`;
    const wish = { conversationId, clientMessageId: body, replyToId: null, body };
    const { kind: how } = await sendMessage(at(which).as(speaker), wish);
    if (how === "sent") head += 1;
  }

  const isIn = (personId: string) => {
    if (kind === "direct") return !isBlocked && [first, second].includes(personId);
    return changes.findLast((change) => change.personId === personId)?.isIn ?? true;
  };

  async function toggle(who: number): Promise<void> {
    const personId = people[who] ?? "";
    if (kind === "direct") return block(!isBlocked);
    const context = at(sent).as(owner);
    const wasIn = isIn(personId);
    if (wasIn) await removeMember(context, conversationId, personId);
    else await addMembers(context, conversationId, [personId]);
    head += 1;
    changes.push({ personId, seq: head, isIn: !wasIn });
  }

  let version = 0;
  async function block(wish: boolean): Promise<void> {
    const { database, live } = at(sent).as(owner);
    version += 1;
    const state = { blockerId: first, blockedId: second, isBlocked: wish };
    await publishAfterCommit(database, live.announce, ({ tx, append }) =>
      applyBlock(tx, state, version, append),
    );
    isBlocked = wish;
    for (const personId of [first, second]) changes.push({ personId, seq: head, isIn: !wish });
  }

  return { conversationId, people, say, toggle, isIn, changes, head: () => head };
}

async function made(
  kind: ConversationKind,
  at: (which: number) => Replica,
  owner: string,
  memberIds: readonly string[],
): Promise<string> {
  const [first = "", second = ""] = memberIds;
  const outcome =
    kind === "group"
      ? await createGroupConversation(at(0).as(owner), { title: "Talk", memberIds })
      : await openDirectConversation(at(0).as(first), second);
  if ("conversationId" in outcome) return outcome.conversationId;
  throw new Error("no conversation was created");
}
