// Sized runs of operations about notifications.
import { createSealing, sealingKeysSetting } from "../../../kit/trust/sealing.ts";
import { CATEGORY_NAMES } from "../../../subgraphs/users/notices/categories.ts";
import { tokenOf } from "../../../subgraphs/users/notices/unsubscribing.ts";
import { withDatabase } from "../../kit/database.ts";
import { aPhone } from "../../kit/pushes.ts";
import { stack } from "../../kit/stack.ts";
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

/** The token of the links in the person's mails. */
async function linkTokenOf({ id }: Person): Promise<string> {
  const sealing = createSealing(sealingKeysSetting.parse(stack().keys.SEALING_KEYS));
  const wrapped = await withDatabase("users", async (client) => {
    const text = "select wrapped from person_key where person_id = $1";
    const { rows } = await client.query<{ wrapped: Buffer }>(text, [id]);
    return rows[0]?.wrapped ?? Buffer.alloc(0);
  });
  return tokenOf(sealing.of(id, wrapped), id);
}

const channelsOf = (size: number) =>
  CATEGORY_NAMES.slice(0, size).map((category) => ({
    category,
    isEmailOn: true,
    isPushOn: false,
  }));

export const NOTIFICATION_RUNS: Readonly<Record<string, SizedRun>> = {
  Notifications: async (crowd, first) => {
    const { person } = await aTold(crowd, first);
    return { as: person, variables: { first } };
  },
  PushDevices: async (_crowd, size) => {
    const person = await aPerson("Pushed");
    await aPhone(person);
    await withDatabase("users", (client) =>
      client.query(
        `insert into push_subscription (id, person_id, session_id, service, address_hash,
           sealed_address, registered_at)
         select gen_random_uuid(), person_id, session_id, service, sha256(address_hash || n::text::bytea),
           sealed_address, registered_at
         from push_subscription, generate_series(2, $2::int) as n where person_id = $1`,
        [person.id, size],
      ),
    );
    return { as: person, variables: {} };
  },
  NotificationPreferences: async () => ({ as: await aPerson("Choosing"), variables: {} }),
  NotificationPreferencesByToken: async ({ ada }) => ({
    as: ada,
    variables: { token: await linkTokenOf(ada) },
  }),
  UpdateNotificationPreferences: async (_crowd, size) =>
    input(await aPerson("Choosing"), { channels: channelsOf(size) }),
  UpdateNotificationPreferencesByToken: async ({ ada }, size) =>
    input(ada, { token: await linkTokenOf(ada), channels: channelsOf(size) }),
  MarkNotificationsRead: async (crowd, size) => {
    const { person, ids } = await aTold(crowd, size);
    return input(person, { notificationIds: ids });
  },
};
