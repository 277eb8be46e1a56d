// The two ends of a stream that its consumer does not choose: the session is over, the server goes
// away. Each error says how to go on.
import type { GraphQLError } from "graphql";
import { fail } from "#kit/errors";

const TIMER_MS_MAX = 2 ** 31 - 1;

/**
 * Runs once at `time`, in milliseconds since the epoch, however far away that is: a timer that is
 * set to more than 24.8 days runs at once. Returns how to call it off.
 */
export function runAt(time: number, run: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    const leftMs = Math.max(0, time - Date.now());
    const isFar = leftMs > TIMER_MS_MAX;
    timer = setTimeout(isFar ? wait : run, isFar ? TIMER_MS_MAX : leftMs).unref();
  };
  wait();
  return () => clearTimeout(timer);
}

/**
 * Ends `stream` when the viewer's session does, at `expiresAt` in milliseconds since the epoch. To
 * be called off when the stream ends earlier. `then` says how to go on.
 */
export function endAt(
  expiresAt: number,
  stream: { end(error: GraphQLError): void },
  then: string,
): () => void {
  const error = () => fail("UNAUTHENTICATED", `The session ended: refresh it and ${then}.`);
  return runAt(expiresAt, () => stream.end(error()));
}

export function goingAway(then: string): GraphQLError {
  return fail("SUBGRAPH_UNAVAILABLE", `The server is going away: ${then}.`);
}
