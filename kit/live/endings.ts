// The two ends of a stream that its consumer does not choose: the session ends, or the server
// stops. Each error says how to continue.
import type { GraphQLError } from "graphql";
import { fail } from "#kit/errors";

const TIMER_MS_MAX = 2 ** 31 - 1;

/**
 * Runs once at `time`, in milliseconds since the epoch, at any distance: a Node timer of more than
 * 24.8 days would run at once. Returns how to cancel it.
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
 * Ends `stream` with the viewer's session, at `expiresAt` in milliseconds since the epoch. `then`
 * tells the client how to continue. Returns how to cancel it when the stream ends earlier.
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
