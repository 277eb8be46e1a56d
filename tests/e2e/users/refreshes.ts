// Exchanges refresh tokens at chosen times, and counts the active ones in the database.
import {
  type RefreshOutcome,
  refreshSession,
} from "../../../subgraphs/users/accounts/sessions/actions.ts";
import type { Users } from "./harness.ts";

/** The start of the sessions in these tests. */
export const start = new Date("2026-03-01T12:00:00Z");

/** The time `seconds` after the start. */
export function after(seconds: number): Date {
  return new Date(start.getTime() + seconds * 1000);
}

export function refresh(users: Users, token: string, seconds = 0): Promise<RefreshOutcome> {
  return refreshSession(users.context(undefined, after(seconds)), token);
}

/** The refresh token that an exchange returned, or the kind of refusal. */
export async function successorOf(users: Users, token: string, seconds = 0): Promise<string> {
  const outcome = await refresh(users, token, seconds);
  return outcome.kind === "signedIn" ? outcome.refreshToken : outcome.kind;
}

/** The number of tokens of a person that could be exchanged. */
export async function liveTokens(users: Users, userId: string): Promise<number> {
  const [counted] = await users.sql<{ count: number }>(
    `select count(*)::int as count from refresh_token join session on session.id = session_id
     where user_id = $1 and rotated_at is null and revoked_at is null`,
    [userId],
  );
  return counted?.count ?? 0;
}
