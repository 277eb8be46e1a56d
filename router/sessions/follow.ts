// Follows the integration events of the source that tells of ended sessions. It begins with those
// that still matter, read back from the owner; then it tails the stream, and begins anew whenever
// that has a hole, so Redis may be away, forget everything, or lose what it had.
import {
  ENDED_SESSIONS_PART,
  type EndedSession,
  endedSession,
  endedSessionTopic,
} from "#kit/facts/ended-sessions";
import { type Offset, pause } from "#kit/facts/integration";
import type { Fact } from "#kit/facts/outbox";
import { openSource, type Source } from "#kit/facts/source";
import type { Log } from "#kit/service/logger";

export interface Following {
  /** Rejects until the sessions that had ended before this router began are known. */
  check(): Promise<void>;
  /** Resolves once they are, after `ms` at the latest. */
  begun(ms: number): Promise<void>;
  stop(): void;
}

interface FollowOptions {
  /** Whose integration events they are. */
  readonly source: string;
  readonly redisUrl: string;
  readonly redisPrefix: string;
  readonly log: Log;
  /** May be told the same again. */
  tell(ended: EndedSession): void;
}

const WAIT_MS = 1_000;
const ANSWER_MS = 2_000;
const RETRY_MS = 250;

/** Starts to follow; what goes wrong is logged and tried again. */
export function followEndedSessions(options: FollowOptions): Following {
  const { source: name, log } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const source = openSource({ ...options, waitMs: WAIT_MS, answerMs: ANSWER_MS, signal });
  const begun = new AbortController();
  const tell = (fact: Pick<Fact, "topic" | "payload">) => {
    if (fact.topic !== endedSessionTopic(name)) return;
    const { success, data, error } = endedSession.safeParse(fact.payload);
    if (success) options.tell(data);
    else log.error({ err: error, topic: fact.topic }, "an ended session was told in another shape");
  };

  async function follow(): Promise<void> {
    let at: Offset | null = null;
    while (!signal.aborted) {
      try {
        at = at ? await readOn(source, at, tell) : await readBack(source, tell);
        if (at) begun.abort();
      } catch (error) {
        if (signal.aborted) return;
        log.warn({ err: error, source: name }, "ended sessions are not heard of");
        source.renew(error);
        await pause(RETRY_MS, signal);
      }
    }
  }

  follow().catch((error: unknown) => log.error({ err: error }, "ended sessions are not followed"));
  return {
    async check() {
      if (!begun.signal.aborted) throw new Error("it is not known which sessions have ended");
    },
    begun: (ms) => pause(ms, AbortSignal.any([begun.signal, signal])),
    stop: () => stopping.abort(),
  };
}

type Tell = (fact: Pick<Fact, "topic" | "payload">) => void;

/** All ended sessions that still matter, and the place before they were read. */
async function readBack(source: Source, tell: Tell): Promise<Offset> {
  let cursor: string | null = `${ENDED_SESSIONS_PART}:`;
  let begin: Offset | null = null;
  do {
    const page = await source.snapshot(cursor);
    begin ??= { position: page.position, epoch: page.epoch };
    for (const fact of page.facts) tell(fact);
    cursor = page.next;
  } while (cursor?.startsWith(`${ENDED_SESSIONS_PART}:`));
  return begin;
}

/** Reads what comes next, or waits for it. Null when something is missing. */
async function readOn(source: Source, at: Offset, tell: Tell): Promise<Offset | null> {
  const head = await source.head();
  if (head !== null && head.epoch !== at.epoch) return null;
  const isBehind = head !== null && head.position > at.position;
  const events = await source.read(at.position, isBehind);
  let { position } = at;
  for (const event of events) {
    if (event.position !== position + 1) return null;
    position = event.position;
    tell(event);
  }
  const isLost = events.length === 0 && head !== null && head.position !== at.position;
  return isLost ? null : { ...at, position };
}
