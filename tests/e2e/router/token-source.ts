// The source of facts about access tokens, controlled by a test: it publishes and answers as a
// relay does, and can lose data, lose messages and change its epoch. Sessions are of "ada".
import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { integrationKeys, pageRequest } from "../../../kit/facts/integration.ts";
import { TOKEN_PARTS, tokenTopics } from "../../../kit/facts/token-feed.ts";

export interface TokenSource {
  readonly name: string;
  /** How often a part of the snapshot was requested. */
  readonly asked: number;
  /** Ends a session. What `isLost` is not published, so that a reader finds a gap. */
  end(sessionId: string, isLost?: boolean): Promise<void>;
  /** Raises the token version of a person. */
  raise(userId: string, tokenVersion: number, isLost?: boolean): Promise<void>;
  /** Grants a scope to a person's tokens of this version. */
  grant(userId: string, scope: string, tokenVersion?: number, isLost?: boolean): Promise<void>;
  /** Lets the outbox begin anew, with another epoch, after which `tell` comes first. */
  beginAnew(tell: () => Promise<void>): Promise<void>;
  /** Deletes all data of the source in Redis. */
  forget(): Promise<void>;
  /** Stops answering until it is called again. */
  fallSilent(): Promise<void>;
  answer(): void;
  stop(): Promise<void>;
}

const NAME = "accounts";
const TOPICS = tokenTopics(NAME);
const TOPIC_OF_PART: Readonly<Record<string, string>> = {
  [TOKEN_PARTS.endedSessions]: TOPICS.endedSession,
  [TOKEN_PARTS.raisedTokenVersions]: TOPICS.raisedTokenVersion,
  [TOKEN_PARTS.grantedScopes]: TOPICS.grantedScope,
};
const LEFT_MS = 60_000;
const WAIT_SECONDS = 0.1;

interface Told {
  readonly topic: string;
  readonly key: string;
  readonly version: number;
  readonly payload: object;
}

/** Starts the source. It answers at once. */
export function startTokenSource(url: string, prefix: string): TokenSource {
  const keys = integrationKeys(prefix, NAME);
  const [redis, waiting] = [connect(url), connect(url)];
  const told: Told[] = [];
  let epoch = randomUUID();
  let position = 0;
  let asked = 0;
  let isAnswering = true;
  let answering = answerAll();

  async function answerAll(): Promise<void> {
    while (isAnswering) {
      const popped = await waiting.blpop(keys.requests, WAIT_SECONDS);
      if (!popped) continue;
      const request = pageRequest.parse(JSON.parse(popped[1]));
      const [part = ""] = (request.kind === "snapshot" && request.cursor?.split(":")) || [];
      asked += 1;
      const facts = told.filter(({ topic }) => topic === TOPIC_OF_PART[part]);
      await redis.rpush(request.replyTo, JSON.stringify({ epoch, position, facts, next: null }));
    }
  }

  async function tell(topic: string, key: string, state: object, isLost: boolean): Promise<void> {
    const accessTokensEndBy = new Date(Date.now() + LEFT_MS);
    const fact = { topic, key, version: 1, payload: { ...state, accessTokensEndBy } };
    told.push(fact);
    position += 1;
    const event = JSON.stringify({ position, toldAtMs: Date.now(), ...fact });
    if (!isLost) await redis.xadd(keys.stream, `${position}-0`, "event", event);
    await redis.mset(keys.head, position, keys.epoch, epoch);
  }

  async function fallSilent(): Promise<void> {
    isAnswering = false;
    await answering;
  }

  return {
    name: NAME,
    get asked() {
      return asked;
    },
    end: (sessionId, isLost = false) =>
      tell(TOPICS.endedSession, sessionId, { sessionId, userId: "ada" }, isLost),
    raise: (userId, tokenVersion, isLost = false) =>
      tell(TOPICS.raisedTokenVersion, userId, { userId, tokenVersion }, isLost),
    grant: (userId, scope, tokenVersion = 0, isLost = false) =>
      tell(TOPICS.grantedScope, userId, { userId, scope, tokenVersion }, isLost),
    async beginAnew(then) {
      epoch = randomUUID();
      position = 0;
      await redis.del(keys.stream, keys.head);
      await then();
    },
    forget: async () => void (await redis.del(keys.stream, keys.head, keys.epoch)),
    fallSilent,
    answer() {
      isAnswering = true;
      answering = answerAll();
    },
    async stop() {
      await fallSilent();
      redis.disconnect();
      waiting.disconnect();
    },
  };
}

/** A client that reconnects after its server was killed. */
function connect(url: string): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  redis.on("error", () => {});
  return redis;
}
