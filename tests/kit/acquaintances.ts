// Makes people of tests known to each other in messaging, so that what they write is no request.
import { withDatabase } from "./database.ts";

/** The event at which all people of tests have been, for messaging alone. */
const COMMON_EVENT = "01980000-0000-7000-8000-000000000001";

/** Makes people know all others of the tests, as if they were registered for one event. */
export async function acquaint(ids: readonly string[], databaseUrl?: string): Promise<void> {
  const statement = `
    insert into registration (id, event_id, person_id, status, is_hidden, version)
    select gen_random_uuid(), $2::uuid, unnest($1::uuid[]), 'CONFIRMED', false, 1`;
  const values = [ids, COMMON_EVENT];
  await withDatabase("messaging", (client) => client.query(statement, values), databaseUrl);
}

/** Makes people strangers to all others: what they write to somebody is a message request. */
export async function makeStrangers(
  people: readonly { readonly id: string }[],
  databaseUrl?: string,
): Promise<void> {
  const statement = "delete from registration where person_id = any($1::uuid[]) and event_id = $2";
  const values = [people.map(({ id }) => id), COMMON_EVENT];
  await withDatabase("messaging", (client) => client.query(statement, values), databaseUrl);
}
