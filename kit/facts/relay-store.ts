// The relay's SQL over `outbox` and `outbox_head`, on the connection that holds the leader's lock.
import type pg from "pg";
import type { IntegrationEvent, ReplayPage } from "#kit/facts/integration";
import { BLANKED } from "#kit/facts/outbox";
import { invariant } from "#kit/invariant";

/**
 * Gives rows without a position the next ones, gapless, in the order of their ids. Only the leader
 * calls this. It does not wait for older open transactions: a row that commits late gets a late
 * position, and the rows of one aggregate commit in the order of their ids.
 */
export async function stampPending(client: pg.Client, limit: number): Promise<number> {
  const { rowCount } = await client.query(
    `/* outbox.stamp */
     with pending as (
       select id, row_number() over (order by id) as n
       from (select id from outbox where position is null order by id limit $1) as waiting
     ), moved as (
       update outbox_head set position = position + (select count(*) from pending)
       where exists (select from pending)
       returning position - (select count(*) from pending) as base
     )
     update outbox set position = moved.base + pending.n
     from pending, moved where outbox.id = pending.id`,
    [limit],
  );
  return rowCount ?? 0;
}

const COLUMNS = `position::float8 as position, topic, key, version, payload, trace,
  (extract(epoch from created_at) * 1000)::float8 as "toldAtMs"`;

/** Rows that have a position but may not be in the stream yet, in order. */
export async function readUnpublished(
  client: pg.Client,
  limit: number,
): Promise<IntegrationEvent[]> {
  const { rows } = await client.query<IntegrationEvent>(
    `/* outbox.unpublished */
     select ${COLUMNS} from outbox
     where position > (select published from outbox_head)
     order by outbox.position limit $1`,
    [limit],
  );
  return rows;
}

export async function markPublished(client: pg.Client, position: number): Promise<void> {
  await client.query(
    "/* outbox.published */ update outbox_head set published = greatest(published, $1::bigint)",
    [position],
  );
}

/** The highest position of an erased fact whose content may still be in Redis; null for none. */
export async function findBlanked(client: pg.Client): Promise<number | null> {
  const { rows } = await client.query<{ position: number | null }>(
    `/* outbox.blanked */
     select max(outbox.position)::float8 as position from outbox
     where topic = '${BLANKED.pending}'
       and outbox.position <= (select published from outbox_head)`,
  );
  return rows[0]?.position ?? null;
}

/** Redis has no content of these facts any more. */
export async function markBlank(client: pg.Client, upTo: number): Promise<void> {
  await client.query(
    `/* outbox.blanked.done */
     update outbox set topic = '${BLANKED.done}'
     where topic = '${BLANKED.pending}' and outbox.position <= $1`,
    [upTo],
  );
}

interface Head {
  /** The last position that a row got. */
  readonly position: number;
  /** The last position that was written to the stream. */
  readonly published: number;
  /** Tells this outbox from another of the same name, and from itself before a restore. */
  readonly epoch: string;
}

export async function readHead(client: pg.Client): Promise<Head> {
  const { rows } = await client.query<Head>(
    `/* outbox.head */
     select position::float8 as position, published::float8 as published, epoch
     from outbox_head`,
  );
  const [head] = rows;
  invariant(head, "outbox_head has no row");
  return head;
}

/**
 * Gives the outbox a new epoch if a reader knows a position of this epoch that no row got yet: the
 * database was restored from an older backup. Then all consumers start from a snapshot.
 */
export async function renewEpochIfRestored(
  client: pg.Client,
  epoch: string | null,
  position: number,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `/* outbox.epoch.renew */
     update outbox_head set epoch = gen_random_uuid() where epoch::text = $1 and position < $2`,
    [epoch, position],
  );
  return rowCount === 1;
}

/** The events behind `after`, in order; incomplete when the next one was deleted. */
export async function readReplay(
  client: pg.Client,
  after: number,
  limit: number,
): Promise<ReplayPage> {
  const { epoch, position } = await readHead(client);
  const { rows: events } = await client.query<IntegrationEvent>(
    `/* outbox.replay */
     select ${COLUMNS} from outbox where position > $1 order by outbox.position limit $2`,
    [after, limit],
  );
  const isComplete = events[0] ? events[0].position === after + 1 : position <= after;
  return { epoch, isComplete, events };
}

/** Deletes up to `limit` published rows that are older than `keptMs`. */
export async function pruneOutbox(
  client: pg.Client,
  keptMs: number,
  limit: number,
): Promise<number> {
  const { rowCount } = await client.query(
    `/* outbox.prune */
     delete from outbox where id in (
       select outbox.id from outbox, outbox_head
       where created_at < now() - $1::float8 * interval '1 millisecond'
         and outbox.position <= outbox_head.published
       order by created_at limit $2
     )`,
    [keptMs, limit],
  );
  return rowCount ?? 0;
}
