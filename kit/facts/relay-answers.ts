// Answers the page requests of consumers: events from the outbox for a consumer with a gap, and
// states of all aggregates for one that starts. A consumer whose answer is lost asks again.
import type { Redis } from "ioredis";
import type pg from "pg";
import { renewIfDead } from "#kit/data/redis";
import {
  type IntegrationKeys,
  type PageRequest,
  pageRequest,
  pause,
  type ReplayPage,
  type SnapshotPage,
} from "#kit/facts/integration";
import type { Fact } from "#kit/facts/outbox";
import { readHead, readReplay, renewEpochIfRestored } from "#kit/facts/relay-store";
import type { Log } from "#kit/service/logger";

const PAGE = 200;
const WAIT_SECONDS = 1;
const RETRY_MS = 200;
/** An answer that nobody fetches expires after this time. */
const REPLY_SECONDS = 30;
export const OUTBOX_RESTORED =
  "the outbox was restored from an older backup: consumers start from a snapshot";

/** One kind of aggregate. `page` gives its states behind a key, in the order of the keys. */
export interface SnapshotPart {
  readonly name: string;
  page(after: string | null, limit: number): Promise<Fact[]>;
}

/** The kinds of aggregates of a subgraph, in the order in which they are read. */
export type SnapshotSource = readonly SnapshotPart[];

interface AnswerOptions {
  readonly client: pg.Client;
  readonly redis: Redis;
  /** A connection that blocking commands may occupy. */
  readonly waiting: Redis;
  readonly keys: IntegrationKeys;
  readonly snapshot: SnapshotSource;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Answers requests until the signal aborts. */
export async function answerRequests(answering: AnswerOptions): Promise<void> {
  const { redis, waiting, keys, log, signal } = answering;
  while (!signal.aborted) {
    try {
      const popped = await waiting.blpop(keys.requests, WAIT_SECONDS);
      if (!popped) continue;
      const request = pageRequest.parse(JSON.parse(popped[1]));
      if (request.expiresAtMs < Date.now()) continue;
      const answer = JSON.stringify(await answerOf(answering, request));
      await redis
        .multi()
        .rpush(request.replyTo, answer)
        .expire(request.replyTo, REPLY_SECONDS)
        .exec();
    } catch (error) {
      if (signal.aborted) return;
      log.warn({ err: error }, "a request for integration events was not answered");
      renewIfDead(waiting, error);
      await pause(RETRY_MS, signal);
    }
  }
}

async function answerOf(
  { client, redis, keys, snapshot, log }: AnswerOptions,
  request: PageRequest,
): Promise<ReplayPage | SnapshotPage> {
  if (request.kind === "replay") {
    const { after, epoch } = request;
    if (await renewEpochIfRestored(client, epoch, after)) {
      log.warn({ after }, OUTBOX_RESTORED);
      await redis.del(keys.stream, keys.head);
    }
    return readReplay(client, after, PAGE);
  }
  // Read the position first: a change made while the states are read has a later position.
  const { position, epoch } = await readHead(client);
  return { position, epoch, ...(await snapshotPageOf(snapshot, request.cursor)) };
}

/** A cursor is `<part>:<key>`; after the last key of a part comes the next part. */
async function snapshotPageOf(
  parts: SnapshotSource,
  cursor: string | null,
): Promise<Pick<SnapshotPage, "facts" | "next">> {
  const [name, ...rest] = cursor?.split(":") ?? [];
  const at = name === undefined ? 0 : parts.findIndex((part) => part.name === name);
  const part = parts[at];
  if (!part) return { facts: [], next: null };
  const facts = await part.page(rest.join(":") || null, PAGE);
  const last = facts.at(-1);
  if (facts.length === PAGE && last) return { facts, next: `${part.name}:${last.key}` };
  const following = parts[at + 1];
  return { facts, next: following ? `${following.name}:` : null };
}
