// The changes of members among the messages of a timeline. Pure.
import type { ConversationPageQuery } from "./generated/operations.ts";
import type { ConversationEvent } from "./subscriptions.ts";

type Messages = NonNullable<ConversationPageQuery["conversation"]>["messages"];

/** People joined or left. */
export type MemberChange = Messages["memberChanges"][number];

/** Those of both, each once, by `seq`. */
export function withChanges(
  known: readonly MemberChange[],
  added: readonly MemberChange[],
): readonly MemberChange[] {
  const unknown = added.filter(({ seq }) => known.every((each) => each.seq !== seq));
  if (unknown.length === 0) return known;
  return [...known, ...unknown].sort((one, other) => one.seq - other.seq);
}

/** A stretch of the log, as far as changes of members need it. */
interface Place {
  readonly messages: readonly { readonly seq: number }[];
  readonly memberChanges: readonly MemberChange[];
  readonly earlierCursor: string | null;
  readonly laterCursor: string | null;
}

type MembersChanged = Extract<ConversationEvent, { readonly __typename: "MembersChanged" }>;

/**
 * An event belongs to the end of the conversation: elsewhere, a later page has it. A page may be
 * newer than the event, and begin behind it: then an earlier page has it.
 */
export function withMembers<Stretch extends Place>(timeline: Stretch, event: MembersChanged) {
  const { messages, earlierCursor, laterCursor } = timeline;
  const isBefore = earlierCursor !== null && event.seq < (messages[0]?.seq ?? 0);
  if (laterCursor !== null || isBefore) return timeline;
  const memberChanges = withChanges(timeline.memberChanges, [changeOf(event)]);
  return { ...timeline, memberChanges };
}

/** As many people are named as in pages. */
const NAMED_MAX = 3;

function changeOf(event: MembersChanged): MemberChange {
  const { seq, createdAt, actor, addedUsers, addedUserIds, removedUsers, removedUserIds } = event;
  return {
    __typename: "MemberChange",
    ...{ seq, createdAt, actor },
    addedUsers: addedUsers.slice(0, NAMED_MAX),
    addedCount: addedUserIds.length,
    removedUsers: removedUsers.slice(0, NAMED_MAX),
    removedCount: removedUserIds.length,
    isLeaving: removedUserIds.length > 0 && removedUserIds.every((id) => !actor || id === actor.id),
  };
}
