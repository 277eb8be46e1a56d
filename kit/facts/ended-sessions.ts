// What is told of a session that has ended before its access tokens have: the shape of the fact and
// its name in the outbox of whoever tells it. It neither tells nor remembers any.
import { z } from "zod";

/** A session whose access tokens are to be refused from now on. */
export const endedSession = z.object({
  sessionId: z.string(),
  userId: z.string(),
  /** By then all of its access tokens have ended by themselves. */
  accessTokensEndBy: z.coerce.date(),
});

export type EndedSession = z.output<typeof endedSession>;

/** The topic under which a source tells of them. */
export function endedSessionTopic(source: string): string {
  return `${source}.session.ended.v1`;
}

/** The part of a source's snapshot that holds those whose access tokens may not have ended yet. */
export const ENDED_SESSIONS_PART = "endedSessions";
