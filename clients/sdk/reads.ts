// Requests on a bad line: what may be repeated is tried again, and reads that are kept are answered
// from there when the network does not.
import { pauseMs } from "./closings.ts";
import { NetworkError } from "./errors.ts";
import type { Kept } from "./kept.ts";
import type { Network } from "./network.ts";
import { type Clock, pauseFor, sleep } from "./platform.ts";
import type { Request, Run } from "./requests.ts";

/** Tries of what may be repeated, the first one among them. */
const TRIES = 3;
/** So long a read waits for the network before it shows what is kept. */
const PATIENCE_MS = 4_000;
/** The same while the network is known to be away. */
const AWAY_MS = 1_000;

/** So old an answer is not read again at once. */
const FRESH_MS = 30_000;

interface LineOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly network: Network;
}

/**
 * Tries reads again, and mutations with `isSafeToRepeat`, after pauses with jitter. Each try has a
 * part of `timeoutMs`, and so have all of them together.
 */
export function withRetries(
  request: Request,
  { clock, random, network, timeoutMs }: LineOptions & { readonly timeoutMs: number },
): Request {
  return async (operation, variables, options = {}) => {
    const mayRepeat = operation.type === "query" || options.isSafeToRepeat === true;
    // While the network is away, others have just tried.
    const { tries = mayRepeat && !network.isAway ? TRIES : 1, signal } = options;
    const end = clock.now() + timeoutMs;
    const timeOfTry = tries > 1 ? { timeoutMs: timeoutMs / 2 } : {};
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await request(operation, variables, { ...timeOfTry, ...options });
      } catch (error) {
        const pause = pauseMs(attempt, random);
        const isLast = attempt + 1 >= tries || clock.now() + pause >= end;
        if (!(error instanceof NetworkError) || isLast || signal?.aborted) throw error;
        await sleep(clock, pause);
      }
    }
  };
}

/** A run whose callers try again themselves. */
export function triedOnce(run: Run): Run {
  return (operation, variables, options) => run(operation, variables, { tries: 1, ...options });
}

/** Answers a kept read from there when the network does not, or not soon. */
export function withKept(
  request: Request,
  { kept, clock, network }: Omit<LineOptions, "random"> & { readonly kept: Kept },
): Request {
  return async (operation, variables, options) => {
    const asked = request(operation, variables, options);
    if (options?.isFresh || !kept.keeps(operation)) return asked;
    const patience = pauseFor(clock, network.isAway ? AWAY_MS : PATIENCE_MS);
    const outcome = asked.then(
      () => ({ kind: "come" }) as const,
      (error: unknown) => ({ kind: "failed", error }) as const,
    );
    const late = patience.over.then(() => ({ kind: "late" }) as const);
    const first = await Promise.race([outcome, late]);
    patience.end();
    if (first.kind === "come" || options?.signal?.aborted) return asked;
    if (first.kind === "failed" && !(first.error instanceof NetworkError)) return asked;
    const found = await kept.find(operation, variables);
    if (found === null) return asked;
    // A read of a moment ago is not repeated when the late answer comes: on a slow line
    // that would go on for ever.
    if (first.kind === "late" && found.ageMs < FRESH_MS) network.waited();
    else network.missed();
    return { data: found.data };
  };
}
