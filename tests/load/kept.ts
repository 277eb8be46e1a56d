// The stored data after the load, to be compared with what people were told.
import type { Kept } from "../chaos/checks.ts";
import { withDatabase } from "../kit/database.ts";
import type { Diary } from "./journey.ts";
import type { Town } from "./town.ts";

async function rowsOf<Row extends object>(subgraph: string, sql: string, values: unknown[]) {
  return withDatabase(subgraph, async (client) => (await client.query<Row>(sql, values)).rows);
}

export function storedRegistrations({ events }: Town): Promise<Kept[]> {
  return rowsOf<Kept>(
    "events",
    "select idempotency_key as key, id as value from registration where event_id = any($1)",
    [events.map(({ id }) => id)],
  );
}

/** Events that have more seats taken than they have. */
export function oversold({ events }: Town): Promise<object[]> {
  return rowsOf(
    "events",
    `select e.id, e.capacity, sum(r.party_size)::int as seated
     from event e join registration r on r.event_id = e.id and r.status = 'CONFIRMED'
     where e.id = any($1) group by e.id having sum(r.party_size) > e.capacity`,
    [events.map(({ id }) => id)],
  );
}

export function storedLikes({ visitors }: Town): Promise<Kept[]> {
  return rowsOf<Kept>(
    "matching",
    `select person_id || ' ' || user_id as key, answer::text as value from answer
     where person_id = any($1)`,
    [visitors.map(({ id }) => id)],
  );
}

/** The pairs in which both like each other, and in which they are matched. */
export async function pairsOf({ visitors }: Town, diaries: readonly Diary[]) {
  const liked = new Set(diaries.flatMap(({ likes }) => likes.map(({ key }) => key)));
  const mutual = visitors
    .filter(({ id, partnerId }) => id < partnerId)
    .filter(
      ({ id, partnerId }) => liked.has(`${id} ${partnerId}`) && liked.has(`${partnerId} ${id}`),
    )
    .map(({ id, partnerId }) => `${id} ${partnerId}`);
  const matched = await rowsOf<{ pair: string }>(
    "matching",
    "select first_id || ' ' || second_id as pair from match where first_id = any($1)",
    [visitors.map(({ id }) => id)],
  );
  return { mutual: mutual.sort(), matched: matched.map(({ pair }) => pair).sort() };
}

export function storedMessages(conversationIds: readonly string[]): Promise<Kept[]> {
  return rowsOf<Kept>(
    "messaging",
    `select client_message_id as key, conversation_id || ' ' || seq || ' ' || id as value
     from message where conversation_id = any($1)`,
    [conversationIds],
  );
}
