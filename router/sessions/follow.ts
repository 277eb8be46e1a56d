// Reads the integration events about ended sessions. It starts with a snapshot from the owner, then
// tails the stream. After a gap it starts again, so Redis may be down or lose its data.
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
  /** May be called several times for one session. */
  onEnded(ended: EndedSession): void;
}

const WAIT_MS = 1_000;
const ANSWER_MS = 2_000;
const RETRY_MS = 250;

/** Starts to read. Failures are logged, and it retries. */
export function followEndedSessions(options: FollowOptions): Following {
  const { source: name, log } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const source = openSource({ ...options, waitMs: WAIT_MS, answerMs: ANSWER_MS, signal });
  const begun = new AbortController();
  const onFact = (fact: Pick<Fact, "topic" | "payload">) => {
    if (fact.topic !== endedSessionTopic(name)) return;
    const { success, data, error } = endedSession.safeParse(fact.payload);
    if (success) options.onEnded(data);
    else
      log.error(
        { err: error, topic: fact.topic },
        "an event about an ended session has an unexpected shape",
      );
  };

  async function follow(): Promise<void> {
    let at: Offset | null = null;
    while (!signal.aborted) {
      try {
        at = at ? await readNext(source, at, onFact) : await readSnapshot(source, onFact);
        if (at) begun.abort();
      } catch (error) {
        if (signal.aborted) return;
        log.warn({ err: error, source: name }, "events about ended sessions cannot be read");
        source.renew(error);
        await pause(RETRY_MS, signal);
      }
    }
  }

  follow().catch((error: unknown) =>
    log.error({ err: error }, "reading of ended sessions has stopped"),
  );
  return {
    async check() {
      if (!begun.signal.aborted) throw new Error("the ended sessions are not loaded yet");
    },
    begun: (ms) => pause(ms, AbortSignal.any([begun.signal, signal])),
    stop: () => stopping.abort(),
  };
}

type OnFact = (fact: Pick<Fact, "topic" | "payload">) => void;

/** Reads all ended sessions whose tokens may be valid. Returns the offset to continue from. */
async function readSnapshot(source: Source, onFact: OnFact): Promise<Offset> {
  let cursor: string | null = `${ENDED_SESSIONS_PART}:`;
  let begin: Offset | null = null;
  do {
    const page = await source.snapshot(cursor);
    begin ??= { position: page.position, epoch: page.epoch };
    for (const fact of page.facts) onFact(fact);
    cursor = page.next;
  } while (cursor?.startsWith(`${ENDED_SESSIONS_PART}:`));
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
