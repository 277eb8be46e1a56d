// The outbox: facts for other subgraphs are rows, written in the transaction of their cause. The
// table `outbox` belongs to the subgraph's Prisma schema; `relay.ts` publishes its rows.
import type { z } from "zod";
import type { Sql } from "#kit/data/database";
import { activeTrace } from "#kit/telemetry/traced";

/** A kind of fact, for example `users.profile.changed.v1`, and the shape of its state. */
export interface Topic<State extends z.ZodType> {
  readonly name: string;
  readonly state: State;
}

export function topic<State extends z.ZodType>(name: string, state: State): Topic<State> {
  return { name, state };
}

/** The state of an aggregate at one version. */
export interface Fact {
  readonly topic: string;
  /** The aggregate's id. */
  readonly key: string;
  /** Grows with every change of the aggregate, from 1. */
  readonly version: number;
  readonly payload: unknown;
  /** Of one that was published: the trace of its cause, if it is sampled. */
  readonly trace?: string | null | undefined;
}

/** A fact of a topic; throws when the state does not have the topic's shape. */
export function factOf<State extends z.ZodType>(
  { name, state }: Topic<State>,
  key: string,
  version: number,
  given: z.input<State>,
): Fact {
  return { topic: name, key, version, payload: state.parse(given) };
}

/** The LISTEN/NOTIFY channel that wakes the relay. */
export const OUTBOX_CHANNEL = "outbox";

/**
 * Adds facts to the outbox; they are published if the transaction commits. Call it behind the lock
 * of the aggregate: rows get their ids here, and the relay takes rows by id, so the facts of one
 * aggregate keep their order.
 */
export async function addToOutbox(tx: Sql, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  const topics = facts.map((fact) => fact.topic);
  const keys = facts.map((fact) => fact.key);
  const versions = facts.map((fact) => fact.version);
  const payloads = facts.map((fact) => JSON.stringify(fact.payload));
  await tx.$executeRaw`/* outbox.add */
    with added as (
      insert into outbox (topic, key, version, payload, created_at, trace)
      select topic, key, version, payload::jsonb, clock_timestamp(), ${activeTrace()}::text
      from unnest(${topics}::text[], ${keys}::text[], ${versions}::int[], ${payloads}::text[])
        with ordinality as t(topic, key, version, payload, ord)
      order by ord
    )
    select pg_notify(${OUTBOX_CHANNEL}, '')`;
}

/** A fact whose content is erased, before and after the relay has removed its copy in Redis. */
export const BLANKED = { pending: "outbox.blanked", done: "outbox.blank" } as const;

/**
 * Erases the content of all facts of an aggregate, published or not. Their positions stay, so the
 * sequence has no gap; consumers skip them, because no topic is called so. Facts that are added
 * later in the transaction stay as they are.
 */
export async function blankFacts(tx: Sql, key: string): Promise<void> {
  await tx.$executeRaw`/* outbox.blank */
    with blanked as (
      update outbox set topic = ${BLANKED.pending}, payload = '{}'
      where key = ${key} and topic not in (${BLANKED.pending}, ${BLANKED.done})
      returning id
    )
    select pg_notify(${OUTBOX_CHANNEL}, '') from (select count(*) from blanked) as counted`;
}
