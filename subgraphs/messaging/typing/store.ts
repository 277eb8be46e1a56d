// The shape of a typing signal in the graph, and the people who get one. Nothing is stored.
import { invariant } from "#kit/invariant";
import type { Database } from "../database.ts";

export interface TypingChangedRow {
  readonly __typename: "TypingChanged";
  readonly conversationId: string;
  readonly personId: string;
  readonly createdAt: Date;
  readonly isTyping: boolean;
}

/** What decides whether one person gets another's signals in a conversation. */
export interface TypingAccess {
  /** The listener is a member and may use the conversation. */
  readonly isIn: boolean;
  /** One of the two blocks the other. */
  readonly isBlocked: boolean;
}

export async function findTypingAccess(
  database: Database,
  conversationId: string,
  listenerId: string,
  speakerId: string,
): Promise<TypingAccess> {
  const [hearing] = await database.$queryRaw<TypingAccess[]>`/* messaging.hearing.find */
    select coalesce(standing_of(${listenerId}::uuid, ${conversationId}::uuid) = 'MEMBER', false)
        as "isIn",
      exists (
        select from block where is_blocked and (blocker_id, blocked_id)
          in ((${listenerId}::uuid, ${speakerId}::uuid), (${speakerId}::uuid, ${listenerId}::uuid))
      ) as "isBlocked"`;
  invariant(hearing, "a question without a table has an answer");
  return hearing;
}

/**
 * The people who get a speaker's signal of a conversation in their list: members who may use it,
 * without the speaker and without people behind a block, in one statement.
 */
export async function findTypingReceivers(
  database: Database,
  conversationId: string,
  speakerId: string,
): Promise<string[]> {
  const rows = await database.$queryRaw<{ id: string }[]>`/* messaging.typing.receivers */
    select member.user_id as id from member
    where member.conversation_id = ${conversationId}::uuid
      and member.user_id <> ${speakerId}::uuid
      and standing_of(member.user_id, member.conversation_id) = 'MEMBER'
      and not exists (
        select from block where is_blocked and (blocker_id, blocked_id)
          in ((member.user_id, ${speakerId}::uuid), (${speakerId}::uuid, member.user_id))
      )`;
  return rows.map(({ id }) => id);
}
