// The source of ended sessions, controlled by a test: it publishes and answers as a relay does, and
// can lose data, lose messages and change its epoch.
import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import type { EndedSession } from "../../../kit/facts/ended-sessions.ts";
import { endedSessionTopic } from "../../../kit/facts/ended-sessions.ts";
import { integrationKeys, pageRequest } from "../../../kit/facts/integration.ts";

export interface SessionsSource {
  readonly name: string;
  /** How often the complete list was requested. */
  readonly asked: number;
  /** Ends a session. With `isLost` it is not published, so that a reader finds a gap. */
  end(sessionId: string, isLost?: boolean): Promise<void>;
  /** Ends a session at an owner whose outbox then has a new epoch. */
  endAnew(sessionId: string): Promise<void>;
  /** Deletes all data of the source in Redis. */
  forget(): Promise<void>;
  /** Stops answering until it is called again. */
  fallSilent(): Promise<void>;
  answer(): void;
  stop(): Promise<void>;
}

const NAME = "accounts";
const LEFT_MS = 60_000;
const WAIT_SECONDS = 0.1;

/** Starts the source. It answers at once. */
export function startSessionsSource(url: string, prefix: string): SessionsSource {
  const keys = integrationKeys(prefix, NAME);
  const [redis, waiting] = [connect(url), connect(url)];
  const ended: EndedSession[] = [];
  let epoch = randomUUID();
  let position = 0;
  let asked = 0;
  let isAnswering = true;
  let answering = answerAll();

  async function answerAll(): Promise<void> {
    while (isAnswering) {
      const popped = await waiting.blpop(keys.requests, WAIT_SECONDS);
      if (!popped) continue;
      const { replyTo } = pageRequest.parse(JSON.parse(popped[1]));
      asked += 1;
      const facts = ended.map(factOf);
      await redis.rpush(replyTo, JSON.stringify({ epoch, position, facts, next: null }));
    }
  }

  async function tell(sessionId: string, isLost: boolean): Promise<void> {
    const session = {
      sessionId,
      userId: randomUUID(),
      accessTokensEndBy: new Date(Date.now() + LEFT_MS),
    };
    ended.push(session);
    position += 1;
    const event = JSON.stringify({ position, toldAtMs: Date.now(), ...factOf(session) });
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
    end: (sessionId, isLost = false) => tell(sessionId, isLost),
    async endAnew(sessionId) {
      epoch = randomUUID();
      position = 0;
      await redis.del(keys.stream, keys.head);
      await tell(sessionId, false);
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

function factOf(session: EndedSession) {
  return { topic: endedSessionTopic(NAME), key: session.sessionId, version: 1, payload: session };
}
