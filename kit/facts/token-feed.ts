// The integration events about access tokens that are out already: their shapes, topics, and parts
// of a snapshot. Publishing and storing them is the owner's work; every router follows them.
//
// Order does not matter, because each fact says which tokens it is about. A session never
// continues. Of two raises the higher version counts. A grant is for tokens of its own version
// alone, so a later raise ends it: newer tokens have the scopes with which they were issued.
import { z } from "zod";

/** All access tokens that the fact is about have expired by then. */
const accessTokensEndBy = z.coerce.date();

/** A session whose access tokens must be refused from now on. */
export const endedSession = z.object({
  sessionId: z.string(),
  userId: z.string(),
  accessTokensEndBy,
});

export type EndedSession = z.output<typeof endedSession>;

/** A person whose access tokens of a lower version must be refused from now on. */
export const raisedTokenVersion = z.object({
  userId: z.string(),
  tokenVersion: z.int(),
  accessTokensEndBy,
});

export type RaisedTokenVersion = z.output<typeof raisedTokenVersion>;

/** A person whose access tokens of this version have a scope more from now on. */
export const grantedScope = z.object({
  userId: z.string(),
  scope: z.string(),
  /** The person's when the scope was granted. */
  tokenVersion: z.int(),
  accessTokensEndBy,
});

export type GrantedScope = z.output<typeof grantedScope>;

/** The topics of a source's facts about access tokens. */
export function tokenTopics(source: string) {
  return {
    endedSession: `${source}.session.ended.v1`,
    raisedTokenVersion: `${source}.token-version.raised.v1`,
    grantedScope: `${source}.scope.granted.v1`,
  } as const;
}

/** The parts of a source's snapshot with the facts about tokens that may still be valid. */
export const TOKEN_PARTS = {
  endedSessions: "endedSessions",
  raisedTokenVersions: "raisedTokenVersions",
  grantedScopes: "grantedScopes",
} as const;
