// Bounds how many people somebody asks: requests and invitations that are not accepted.
import type { Transaction } from "./database.ts";
import { ASKED_MAX, countedSince } from "./requests/rules.ts";
import { countAsked } from "./requests/store.ts";

export interface TooManyRequests {
  readonly kind: "tooManyRequests";
  readonly requestsMax: number;
}

/** Null when a person may ask `more` people. The caller has locked the person's stream. */
export async function judgeAsking(
  tx: Transaction,
  senderId: string,
  kind: "DIRECT" | "GROUP",
  more: number,
  now: Date,
): Promise<TooManyRequests | null> {
  if (more === 0) return null;
  const asked = await countAsked(tx, senderId, kind, countedSince(now));
  const requestsMax = ASKED_MAX[kind];
  return asked + more > requestsMax ? { kind: "tooManyRequests", requestsMax } : null;
}

/** The problem of {@link TooManyRequests}, for clients. */
export function tooManyRequestsProblem({ requestsMax }: TooManyRequests) {
  return {
    __typename: "TooManyRequestsProblem" as const,
    reason: `At most ${requestsMax} requests may wait for an answer; wait for some.`,
    requestsMax,
  };
}
