// What a signal is on its way between replicas, and who hears it. Nothing of it is stored.
import { invariant } from "#kit/invariant";
import type { Database } from "../context.ts";

export interface TypingChangedRow {
  readonly __typename: "TypingChanged";
  readonly conversationId: string;
  readonly personId: string;
  readonly createdAt: Date;
  readonly isTyping: boolean;
}

/** What bears on whether one person hears of another in a conversation. */
export interface TypingAccess {
  /** The listener is in the conversation and may use it. */
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
