// The integration event of a session that ended before its access tokens expired: its shape, its
// topic, and its part of a snapshot. Publishing and storing it is the owner's work.
import { z } from "zod";

/** A session whose access tokens must be refused from now on. */
export const endedSession = z.object({
  sessionId: z.string(),
  userId: z.string(),
  /** All of its access tokens have expired by then. */
  accessTokensEndBy: z.coerce.date(),
});

export type EndedSession = z.output<typeof endedSession>;

/** The topic of a source's ended sessions. */
export function endedSessionTopic(source: string): string {
  return `${source}.session.ended.v1`;
}

/** The part of a source's snapshot with the sessions whose access tokens may still be valid. */
export const ENDED_SESSIONS_PART = "endedSessions";
