// Tells subgraphs that an account is erased, as users does, and waits until they have erased it.
import { newId } from "../../kit/data/id.ts";
import { untilRows, withDatabase } from "./database.ts";

/** Adds the integration event of an erasure to the outbox of users, and returns its id. */
export async function tellErasure(userId: string): Promise<string> {
  const erasureId = newId();
  await tellFact("users.account.erased.v1", userId, { userId, erasureId });
  return erasureId;
}

/** Adds an integration event to the outbox of the subgraph that owns its topic. */
export async function tellFact(topic: string, key: string, payload: object): Promise<void> {
  const [owner = ""] = topic.split(".");
  await withDatabase(owner, (client) =>
    client.query(
      `with added as (
         insert into outbox (topic, key, version, payload, created_at)
         values ($1, $2, 1, $3, now()) returning 1
       ) select pg_notify('outbox', '') from added`,
      [topic, key, JSON.stringify(payload)],
    ),
  );
}

/** Waits until a subgraph has done an erasure. */
export async function untilErased(subgraph: string, erasureId: string): Promise<void> {
  const done = "select from erasure where erasure_id = $1 and done_at is not null";
  await untilRows(subgraph, done, [erasureId], 1);
}

/** Erases an account in one subgraph. */
export async function eraseIn(subgraph: string, userId: string): Promise<void> {
  await untilErased(subgraph, await tellErasure(userId));
}

/** Lets the time of a leaving person to come back pass. */
export async function letLeave(userId: string): Promise<void> {
  await withDatabase("users", async (client) => {
    await client.query(
      `update leaving set asked_at = asked_at - interval '31 days',
         leaves_at = leaves_at - interval '31 days' where person_id = $1`,
      [userId],
    );
    await client.query(
      `with due as (
         update job set run_at = now(), due_at = now()
         from leaving where leaving.person_id = $1 and job.key = leaving.erasure_id::text
         returning 1
       ) select pg_notify('jobs', '') from due`,
      [userId],
    );
  });
}

/** Waits until all subgraphs have erased an account. */
export async function untilAllErased(userId: string): Promise<void> {
  const done = "select from erasure where user_id = $1 and done_at is not null";
  await untilRows("users", done, [userId], 1);
}
