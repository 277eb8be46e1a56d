// Exchanges of refresh tokens at times of a test's own, and what is left of them in the database.
import { type RefreshOutcome, refreshSession } from "../../../subgraphs/users/sessions/actions.ts";
import type { Users } from "./harness.ts";

/** When the sessions of these tests begin. */
export const start = new Date("2026-03-01T12:00:00Z");

/** So many seconds after the start. */
export function after(seconds: number): Date {
  return new Date(start.getTime() + seconds * 1000);
}

export function refresh(users: Users, token: string, seconds = 0): Promise<RefreshOutcome> {
  return refreshSession(users.context(undefined, after(seconds)), token);
}

/** The refresh token that an exchange gave, or how it was refused. */
export async function successorOf(users: Users, token: string, seconds = 0): Promise<string> {
  const outcome = await refresh(users, token, seconds);
  return outcome.kind === "signedIn" ? outcome.refreshToken : outcome.kind;
}

/** How many tokens of a person could be exchanged. */
export async function liveTokens(users: Users, userId: string): Promise<number> {
  const [counted] = await users.sql<{ count: number }>(
    `select count(*)::int as count from refresh_token join session on session.id = session_id
     where user_id = $1 and rotated_at is null and revoked_at is null`,
    [userId],
  );
  return counted?.count ?? 0;
}
