// Reads the integration events about access tokens that are out already. It starts with a snapshot
// from the owner, then tails the stream. After a gap it starts again, so Redis may be down or lose
// its data.

import type { z } from "zod";
import { type Offset, pause } from "#kit/facts/integration";
import type { Fact } from "#kit/facts/outbox";
import { openSource, type Source } from "#kit/facts/source";
import {
  endedSession,
  grantedScope,
  raisedTokenVersion,
  TOKEN_PARTS,
  tokenTopics,
} from "#kit/facts/token-feed";
import type { Log } from "#kit/service/logger";
import type { TokenFacts } from "./issued-tokens.ts";

export interface Following {
  /** Rejects until the snapshot is complete. */
  check(): Promise<void>;
  /** Resolves when the snapshot is complete, after `ms` at the latest. */
  begun(ms: number): Promise<void>;
  stop(): void;
}

interface FollowOptions {
  /** The subgraph that publishes the events. */
  readonly source: string;
  readonly redisUrl: string;
  readonly redisPrefix: string;
  readonly log: Log;
  /** Gets each fact, maybe several times. */
  readonly tokens: TokenFacts;
}

const WAIT_MS = 1_000;
const ANSWER_MS = 2_000;
const RETRY_MS = 250;

/** Starts to read. Failures are logged, and it retries. */
export function followTokens(options: FollowOptions): Following {
  const { source: name, log } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const source = openSource({ ...options, waitMs: WAIT_MS, answerMs: ANSWER_MS, signal });
  const begun = new AbortController();
  const onFact = passTo(options);

  async function follow(): Promise<void> {
    let at: Offset | null = null;
    while (!signal.aborted) {
      try {
        at = at ? await readNext(source, at, onFact) : await readSnapshot(source, onFact);
        if (at) begun.abort();
      } catch (error) {
        if (signal.aborted) return;
        log.warn({ err: error, source: name }, "events about access tokens cannot be read");
        source.renew(error);
        await pause(RETRY_MS, signal);
      }
    }
  }

  follow().catch((error: unknown) =>
    log.error({ err: error }, "reading of events about access tokens has stopped"),
  );
  return {
    async check() {
      if (!begun.signal.aborted)
        throw new Error("the facts about access tokens are not loaded yet");
    },
    begun: (ms) => pause(ms, AbortSignal.any([begun.signal, signal])),
    stop: () => stopping.abort(),
  };
}

type OnFact = (fact: Pick<Fact, "topic" | "payload">) => void;

/** Passes facts on by their topics, and ignores those of others. */
function passTo({ source, tokens, log }: FollowOptions): OnFact {
  const topics = tokenTopics(source);
  const takers = new Map<string, Taker>([
    [topics.endedSession, taker(endedSession, tokens.endSession)],
    [topics.raisedTokenVersion, taker(raisedTokenVersion, tokens.raiseVersion)],
    [topics.grantedScope, taker(grantedScope, tokens.grantScope)],
  ]);
  return ({ topic, payload }) => {
    const error = takers.get(topic)?.(payload);
    if (error) log.error({ err: error, topic }, "an event about tokens has an unexpected shape");
  };
}

/** Takes a payload; returns the error if it has another shape. */
type Taker = (payload: unknown) => Error | undefined;

function taker<Shape extends z.ZodType>(
  shape: Shape,
  take: (fact: z.output<Shape>) => void,
): Taker {
  return (payload) => {
    const { success, data, error } = shape.safeParse(payload);
    if (success) take(data);
    return error;
  };
}

/** Reads all facts whose tokens may be valid. Returns the offset to continue from. */
async function readSnapshot(source: Source, onFact: OnFact): Promise<Offset | null> {
  let begin: Offset | null = null;
  for (const part of Object.values(TOKEN_PARTS)) {
    let cursor: string | null = `${part}:`;
    do {
      const page = await source.snapshot(cursor);
      begin ??= { position: page.position, epoch: page.epoch };
      for (const fact of page.facts) onFact(fact);
      cursor = page.next;
    } while (cursor?.startsWith(`${part}:`));
  }
  return begin;
}

/** Reads the next events, or waits for them. Null after a gap. */
async function readNext(source: Source, at: Offset, onFact: OnFact): Promise<Offset | null> {
  const head = await source.head();
  if (head !== null && head.epoch !== at.epoch) return null;
  const isBehind = head !== null && head.position > at.position;
  const events = await source.read(at.position, isBehind);
  let { position } = at;
  for (const event of events) {
    if (event.position !== position + 1) return null;
    position = event.position;
    onFact(event);
  }
  const isLost = events.length === 0 && head !== null && head.position !== at.position;
  return isLost ? null : { ...at, position };
}
