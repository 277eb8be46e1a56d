// The events subgraph in the test's process, over its own database, with two replicas: two pools,
// two queues, two sets of loaders. Tests set the clock, change single statements, and read the log.
import { randomBytes } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { execute, parse } from "graphql";
import pg from "pg";
import { inTransaction } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { FOLDED } from "../../../kit/data/refolding.ts";
import type { Job } from "../../../kit/jobs/handlers.ts";
import { createLive } from "../../../kit/live/live.ts";
import { createPubSub } from "../../../kit/live/pubsub.ts";
import { appendEntries, lockStreams, logReader, type NewEntry } from "../../../kit/live/streams.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { requestContext } from "../../../kit/service/request.ts";
import { subgraphSchema } from "../../../kit/service/subgraph.ts";
import { type Context, contextMaker } from "../../../subgraphs/events/context.ts";
import { PrismaClient } from "../../../subgraphs/events/generated/prisma/client.ts";
import { createEvent, publishEvent } from "../../../subgraphs/events/planning/events/actions.ts";
import { resolvers as events } from "../../../subgraphs/events/planning/events/resolvers.ts";
import { findEvent } from "../../../subgraphs/events/planning/events/store.ts";
import { resolvers as listing } from "../../../subgraphs/events/planning/listing/resolvers.ts";
import { resolvers as approvals } from "../../../subgraphs/events/seats/approvals/resolvers.ts";
import { sweepingOfLists, tellingOfLapses } from "../../../subgraphs/events/seats/offers/jobs.ts";
import { resolvers as offers } from "../../../subgraphs/events/seats/offers/resolvers.ts";
import { resolvers as parties } from "../../../subgraphs/events/seats/parties/resolvers.ts";
import { resolvers as registrations } from "../../../subgraphs/events/seats/registrations/resolvers.ts";
import { sweepChanged } from "../../../subgraphs/events/seats/sweep.ts";
import { eventStream } from "../../../subgraphs/events/streams.ts";
import { openOwnDatabase } from "../../kit/own-database.ts";
import { stack } from "../../kit/stack.ts";
import { eventsFiles } from "../../kit/stack-storage.ts";
import { ticketCodes } from "../../kit/tickets.ts";

const CONNECTIONS_MAX = 10;
const schema = subgraphSchema("events", [
  events,
  listing,
  approvals,
  offers,
  parties,
  registrations,
]);
const log = createLog({ name: "events", level: "silent" });

/** Changes a statement before it is sent; to show what a guard is for. */
export type Rewrite = (sql: string) => string;

export interface Events {
  /** Runs SQL in the database of this harness. */
  sql<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  /** The context of a request of this person at this time, at one of the two replicas. */
  context(personId: string, now: Date, replica?: number): Context;
  /** A published event that starts a day after `now`. */
  event(organizerId: string, now: Date, settings?: EventSettings): Promise<string>;
  /** Changes the event's own row, as `updateEvent` does, and sweeps its list. */
  change(eventId: string, now: Date, set: string): Promise<void>;
  /** Does what is due about offers, as a worker does. */
  work(now: Date): Promise<void>;
  /** The data that an operation gives this person at this time. Throws on errors. */
  ask<Data>(personId: string, now: Date, query: string, variables?: object): Promise<Data>;
  /** The statements sent since the last call, without transaction control. */
  statements(): string[];
  close(): Promise<void>;
}

export interface EventSettings {
  readonly capacity?: number;
  readonly hasWaitlist?: boolean;
  readonly partySizeMax?: number;
  readonly passesMax?: number;
  readonly offerMinutes?: number | null;
  readonly isApprovalRequired?: boolean;
}

const HOUR_MS = 3_600_000;

/** Opens an empty database with the tables of events. `rewrite` changes the statements of both. */
export async function openEvents(rewrite: Rewrite = (sql) => sql): Promise<Events> {
  const own = await openOwnDatabase("events");
  const sent: string[] = [];
  const pools = [0, 1].map(() => rewritingPool(own.url, rewrite, sent));
  const [first = pools[0]] = pools;
  const databases = pools.map((pool) => new PrismaClient({ adapter: new PrismaPg(pool) }));
  const prefix = `test-${randomBytes(6).toString("hex")}`;
  const pubsub = createPubSub({ url: stack().urls.redis, prefix, log });
  const services = { tickets: ticketCodes(), folded: FOLDED, ...eventsFiles() };
  const replicas = databases.map((database) => {
    const live = createLive({ logs: logReader(database), pubsub, log, pollMs: HOUR_MS });
    return { live, database, contextOf: contextMaker({ database, live, ...services }) };
  });
  const at = (replica: number) => replicas[replica % 2] ?? missing();
  const sql = async <Row>(text: string, values: unknown[] = []) =>
    (await (first ?? missing()).query(text, values)).rows as Row[];
  const context = (personId: string, now: Date, replica = 0) =>
    at(replica).contextOf(requestContext(identityOf(personId), "0", log, () => now));
  return {
    sql,
    context,
    event: (organizerId, now, settings) => publishedEvent(context(organizerId, now), settings),
    change: (eventId, now, set) =>
      inTransaction(at(1).database, async (tx) => {
        await lockStreams(tx, [eventStream(eventId)]);
        await tx.$executeRawUnsafe(`update event set ${set} where id = $1::uuid`, eventId);
        const event = (await findEvent(tx, eventId)) ?? missing();
        const append = (entries: readonly NewEntry[]) => appendEntries(tx, entries);
        await sweepChanged({ tx, append }, event, now);
      }),
    async work(now) {
      const { database } = at(1);
      const handlers = [sweepingOfLists(database, () => now), tellingOfLapses(database)];
      const due = await sql<{ id: string; kind: string; key: string; payload: object }>(
        "delete from job where run_at <= $1 and kind = any($2) returning id, kind, key, payload",
        [now, handlers.map(({ kind }) => kind.name)],
      );
      for (const job of due) {
        await handlers.find(({ kind }) => kind.name === job.kind)?.run(asJob(job));
      }
    },
    async ask<Data>(personId: string, now: Date, query: string, variables = {}) {
      const result = await execute({
        schema,
        document: parse(query),
        variableValues: { ...variables },
        contextValue: context(personId, now),
      });
      if (result.errors) throw new Error(JSON.stringify(result.errors));
      return result.data as Data;
    },
    statements: () => sent.splice(0).filter((each) => !/^(BEGIN|COMMIT|ROLLBACK|SET)/i.test(each)),
    async close() {
      for (const { live } of replicas) live.close();
      await pubsub.close();
      await Promise.all(databases.map((database) => database.$disconnect()));
      await Promise.all(pools.map((pool) => pool.end()));
      await own.drop();
    },
  };
}

function rewritingPool(url: string, rewrite: Rewrite, sent: string[]): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS_MAX });
  pool.on("connect", (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const rewriting = (first: unknown, ...rest: unknown[]) => {
      const given = typeof first === "string" ? first : (first as { text: string }).text;
      sent.push(given);
      const text = rewrite(given);
      return query(typeof first === "string" ? text : { ...(first as object), text }, ...rest);
    };
    client.query = rewriting as typeof client.query;
  });
  return pool;
}

async function publishedEvent(context: Context, settings: EventSettings = {}): Promise<string> {
  const startsAt = new Date(context.now().getTime() + 24 * HOUR_MS);
  const outcome = await createEvent(
    context,
    {
      title: "TypeScript evening",
      description: null,
      venue: null,
      startsAt,
      endsAt: new Date(startsAt.getTime() + 2 * HOUR_MS),
      timeZone: "Europe/Berlin",
      capacity: 10,
      hasWaitlist: true,
      partySizeMax: 10,
      passesMax: 3,
      offerMinutes: null,
      isApprovalRequired: false,
      onlineUrl: null,
      language: null,
      registrationOpensAt: null,
      registrationClosesAt: null,
      cancellationClosesAt: null,
      tags: [],
      ...settings,
    },
    null,
  );
  if (outcome.kind !== "created") throw new Error(`not created: ${JSON.stringify(outcome)}`);
  await publishEvent(context, outcome.event.id);
  return outcome.event.id;
}

function asJob({ id, key, payload }: { id: string; key: string; payload: object }): Job<unknown> {
  const signal = new AbortController().signal;
  return { id, key, payload, attempt: 1, signal, done: async () => {} };
}

function identityOf(personId: string) {
  const scopes = ["verified", "registrations:write"];
  const expiresAt = Date.now() + HOUR_MS;
  const viewer = { id: personId, sessionId: newId(), roles: [], scopes, expiresAt };
  return { kind: "viewer", viewer } as const;
}

function missing(): never {
  throw new Error("missing");
}
