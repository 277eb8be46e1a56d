// Reads that a screen cannot do without: tried until there is an answer.
import { pauseMs } from "./closings.ts";
import { isRetryable } from "./errors.ts";
import { type Clock, sleep } from "./platform.ts";
import type { Session } from "./session.ts";

export interface InsistOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly session: Session;
}

/**
 * Tries until `read` resolves, with longer and longer pauses. Rejects with an error that another
 * try does not change, when nobody is signed in any more, and when `isOver`.
 */
export async function insist<Data>(
  read: () => Promise<Data>,
  { clock, random, session }: InsistOptions,
  isOver: () => boolean,
): Promise<Data> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      const isSignedOut = session.getSnapshot().status === "signedOut";
      if (!isRetryable(error) || isSignedOut || isOver()) throw error;
      await sleep(clock, pauseMs(attempt, random));
    }
  }
}
