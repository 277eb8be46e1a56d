// Facts for other subgraphs: a row of the outbox, in the transaction of its cause. The table
// `outbox` belongs to the subgraph's own Prisma schema; `relay.ts` carries its rows to Redis.
import type { z } from "zod";
import type { Sql } from "#kit/data/database";

/** A kind of fact, as `users.profile.changed.v1`, and the shape of the state that it carries. */
export interface Topic<State extends z.ZodType> {
  readonly name: string;
  readonly state: State;
}

export function topic<State extends z.ZodType>(name: string, state: State): Topic<State> {
  return { name, state };
}

/** One fact: what an aggregate is like since this version of it. */
export interface Fact {
  readonly topic: string;
  /** The aggregate's id. */
  readonly key: string;
  /** Grows with every change of the aggregate, from 1. */
  readonly version: number;
  readonly payload: unknown;
}

/** A fact of a topic; throws when the state has not its shape. */
export function factOf<State extends z.ZodType>(
  { name, state }: Topic<State>,
  key: string,
  version: number,
  given: z.input<State>,
): Fact {
  return { topic: name, key, version, payload: state.parse(given) };
}

/** The channel of LISTEN and NOTIFY that wakes the relay. */
export const OUTBOX_CHANNEL = "outbox";

/**
 * Tells facts, if and when the transaction commits. To be called behind the lock of the aggregate:
 * ids are given out here, and the relay takes rows by id, so the facts of one aggregate keep their
 * order.
 */
export async function addToOutbox(tx: Sql, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  const topics = facts.map((fact) => fact.topic);
  const keys = facts.map((fact) => fact.key);
  const versions = facts.map((fact) => fact.version);
  const payloads = facts.map((fact) => JSON.stringify(fact.payload));
  await tx.$executeRaw`/* outbox.add */
    with told as (
      insert into outbox (topic, key, version, payload, created_at)
      select topic, key, version, payload::jsonb, clock_timestamp()
      from unnest(${topics}::text[], ${keys}::text[], ${versions}::int[], ${payloads}::text[])
        with ordinality as t(topic, key, version, payload, ord)
      order by ord
    )
    select pg_notify(${OUTBOX_CHANNEL}, '')`;
}
