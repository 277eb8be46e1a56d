// Sized runs of operations about notifications.
import { withDatabase } from "../../kit/database.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import type { Crowd } from "./crowd.ts";
import { input, type SizedRun } from "./sized-run.ts";

/** A person who is told of an event this many times. Returns the ids, too. */
async function aTold(
  { eventId }: Crowd,
  count: number,
): Promise<{ person: Person; ids: string[] }> {
  const person = await aPerson("Told");
  const ids = await withDatabase("users", async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `insert into notification (id, person_id, kind, cause, params, created_at)
       select gen_random_uuid(), $1, 'EVENT_CHANGED', 'sized ' || n,
         jsonb_build_object('eventId', $2::text, 'title', 'Sized'), now()
       from generate_series(1, $3::int) n returning id`,
      [person.id, eventId, count],
    );
    return rows.map(({ id }) => id);
  });
  return { person, ids };
}

export const NOTIFICATION_RUNS: Readonly<Record<string, SizedRun>> = {
  Notifications: async (crowd, first) => {
    const { person } = await aTold(crowd, first);
    return { as: person, variables: { first } };
  },
  MarkNotificationsRead: async (crowd, size) => {
    const { person, ids } = await aTold(crowd, size);
    return input(person, { notificationIds: ids });
  },
};
