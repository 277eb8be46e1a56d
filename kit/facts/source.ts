// One consumer's access to a source through Redis: its stream, its head, and pages that the owner
// sends on request.

import { newId } from "#kit/data/id";
import { connectStrictly, renewIfDead } from "#kit/data/redis";
import {
  type IntegrationEvent,
  integrationEvent,
  integrationKeys,
  type Offset,
  type PageRequest,
  type ReplayPage,
  replayPage,
  type SnapshotPage,
  snapshotPage,
} from "#kit/facts/integration";
import type { Log } from "#kit/service/logger";

const BATCH = 100;
const ASK_ATTEMPTS = 3;
/** Bounds the list of requests while nobody answers. */
const REQUESTS_MAX = 1_000;
/** Added to the longest wait of a blocking command; after that, the connection is dead. */
const DEAD_AFTER_MS = 5_000;

export interface Source {
  /** The offset of the last published event in Redis; null when Redis has lost it. */
  head(): Promise<Offset | null>;
  /** Events behind a position; waits for some unless `isImpatient`. */
  read(after: number, isImpatient: boolean): Promise<IntegrationEvent[]>;
  replay(at: Offset): Promise<ReplayPage>;
  snapshot(cursor: string | null): Promise<SnapshotPage>;
  /** Reconnects if the error means that the connection is dead. */
  renew(error: unknown): void;
  close(): void;
}

/** A request to the owner, without the fields for its answer. */
type Request =
  | Pick<PageRequest & { kind: "replay" }, "kind" | "after" | "epoch">
  | Pick<PageRequest & { kind: "snapshot" }, "kind" | "cursor">;

/** Opens a connection; commands fail when it breaks, and after `signal` aborts. */
export function openSource(options: {
  readonly source: string;
  readonly redisUrl: string;
  readonly redisPrefix: string;
  readonly log: Log;
  readonly waitMs: number;
  readonly answerMs: number;
  readonly signal: AbortSignal;
}): Source {
  const { source, redisUrl, redisPrefix, log, waitMs, answerMs, signal } = options;
  const keys = integrationKeys(redisPrefix, source);
  const deadAfterMs = DEAD_AFTER_MS + Math.max(waitMs, answerMs);
  const redis = connectStrictly("integrationEvents", redisUrl, log, deadAfterMs);
  const close = () => redis.disconnect();
  signal.addEventListener("abort", close);

  async function ask(question: Request): Promise<unknown> {
    for (let attempt = 1; attempt <= ASK_ATTEMPTS; attempt += 1) {
      const replyTo = keys.reply(newId());
      const request = { ...question, replyTo, expiresAtMs: Date.now() + answerMs };
      await redis.rpush(keys.requests, JSON.stringify(request));
      await redis.ltrim(keys.requests, -REQUESTS_MAX, -1);
      const answer = await redis.blpop(replyTo, answerMs / 1_000);
      if (answer) return JSON.parse(answer[1]);
    }
    throw new Error(`${source} does not answer: is its relay running?`);
  }

  return {
    async head() {
      const [position, epoch] = await redis.mget(keys.head, keys.epoch);
      return position && epoch ? { position: Number(position), epoch } : null;
    },
    async read(after, isImpatient) {
      const from = ["STREAMS", keys.stream, `${after}-0`] as const;
      const read = isImpatient
        ? await redis.xread("COUNT", BATCH, ...from)
        : await redis.xread("COUNT", BATCH, "BLOCK", waitMs, ...from);
      return (read?.[0]?.[1] ?? []).map(([, fields]) =>
        integrationEvent.parse(JSON.parse(fields[1] ?? "null")),
      );
    },
    replay: async ({ position: after, epoch }) =>
      replayPage.parse(await ask({ kind: "replay", after, epoch })),
    snapshot: async (cursor) => snapshotPage.parse(await ask({ kind: "snapshot", cursor })),
    renew: (error) => renewIfDead(redis, error),
    close,
  };
}
