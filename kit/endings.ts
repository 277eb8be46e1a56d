// The two ends of a stream that its consumer does not choose: the session is over, the server goes
// away. Each error says how to go on.
import type { GraphQLError } from "graphql";
import { fail } from "#kit/errors";

const TIMER_MS_MAX = 2 ** 31 - 1;

/**
 * Ends `stream` when the viewer's session does, at `expiresAt` in milliseconds since the epoch. The
 * timer is to be cleared when the stream ends earlier. `then` says how to go on.
 */
export function endAt(
  expiresAt: number,
  stream: { end(error: GraphQLError): void },
  then: string,
): NodeJS.Timeout {
  const leftMs = Math.min(Math.max(0, expiresAt - Date.now()), TIMER_MS_MAX);
  const error = () => fail("UNAUTHENTICATED", `The session ended: refresh it and ${then}.`);
  return setTimeout(() => stream.end(error()), leftMs).unref();
}

export function goingAway(then: string): GraphQLError {
  return fail("SUBGRAPH_UNAVAILABLE", `The server is going away: ${then}.`);
}
