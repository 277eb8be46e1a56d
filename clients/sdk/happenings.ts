// The happenings among the messages of a timeline: who did what that is no message. Pure.
import type { ConversationPageQuery } from "./generated/operations.ts";
import type { ConversationEvent } from "./subscriptions.ts";

type Messages = NonNullable<ConversationPageQuery["conversation"]>["messages"];

/** Somebody did something that is no message. */
export type Happening = Messages["happenings"][number] & {
  /** How many happenings just before this one are not here. */
  readonly omittedBefore?: number;
};

/** Those of a page. */
export function happeningsOf({ happenings, omittedHappenings }: Messages): readonly Happening[] {
  const [first, ...others] = happenings;
  if (!first || omittedHappenings === 0) return happenings;
  return [{ ...first, omittedBefore: omittedHappenings }, ...others];
}

/** Those of both, each once, by `seq`. */
export function withHappenings(
  known: readonly Happening[],
  added: readonly Happening[],
): readonly Happening[] {
  const unknown = added.filter(({ seq }) => known.every((each) => each.seq !== seq));
  if (unknown.length === 0) return known;
  return [...known, ...unknown].sort((one, other) => one.seq - other.seq);
}

/** A stretch of the log, as far as happenings need it. */
interface Place {
  readonly messages: readonly { readonly seq: number }[];
  readonly happenings: readonly Happening[];
  readonly earlierCursor: string | null;
  readonly laterCursor: string | null;
}

/**
 * An event belongs to the end of the conversation: elsewhere, a later page has it. A page may be
 * newer than the event, and begin behind it: then an earlier page has it.
 */
export function withHappening<Stretch extends Place>(
  timeline: Stretch,
  event: ConversationEvent,
): Stretch {
  const { messages, earlierCursor, laterCursor } = timeline;
  const happening = happeningOf(event);
  const isBefore = earlierCursor !== null && event.seq < (messages[0]?.seq ?? 0);
  if (!happening || laterCursor !== null || isBefore) return timeline;
  return { ...timeline, happenings: withHappenings(timeline.happenings, [happening]) };
}

function happeningOf(event: ConversationEvent): Happening | null {
  switch (event.__typename) {
    case "MembersChanged":
      return membersHappening(event);
    case "PinChanged": {
      const { seq, createdAt, actor, messageId, isPinned } = event;
      return { __typename: "PinHappening", seq, createdAt, actor, messageId, isPinned };
    }
    case "RoleChanged": {
      const { seq, createdAt, actor } = event;
      const changes = event.changes.map(({ role, user }) => {
        return { __typename: "RoleChange", role, user } as const;
      });
      return { __typename: "RoleHappening", seq, createdAt, actor, changes };
    }
    case "ConversationChanged": {
      const { seq, createdAt, actor, changedFields } = event;
      return { __typename: "ConversationHappening", seq, createdAt, actor, changedFields };
    }
    default:
      return null;
  }
}

/** As many people are named as in pages. */
const NAMED_MAX = 3;

type MembersChanged = Extract<ConversationEvent, { readonly __typename: "MembersChanged" }>;

function membersHappening(event: MembersChanged): Happening {
  const { seq, createdAt, actor, addedUsers, addedUserIds, removedUsers, removedUserIds } = event;
  return {
    __typename: "MembersHappening",
    ...{ seq, createdAt, actor },
    addedUsers: addedUsers.slice(0, NAMED_MAX),
    addedCount: addedUserIds.length,
    removedUsers: removedUsers.slice(0, NAMED_MAX),
    removedCount: removedUserIds.length,
    isLeaving: removedUserIds.length > 0 && removedUserIds.every((id) => !actor || id === actor.id),
    newOwner: event.newOwner,
  };
}
