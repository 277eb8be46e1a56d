// Makes the data that sized runs need.
import { withDatabase } from "../../kit/database.ts";
import type { Person } from "../../kit/stories.ts";
import { aGroup, aMessage, mutate } from "../messaging/harness.ts";

/** More sessions of a person, like the one that they have. */
export async function insertSessions({ id }: Person, count: number): Promise<void> {
  await withDatabase("users", (client) =>
    client.query(
      `insert into session (id, user_id, created_at, last_used_at, expires_at, family_hash)
       select gen_random_uuid(), user_id, created_at, last_used_at, expires_at, family_hash
       from session, generate_series(1, $2::int) where user_id = $1`,
      [id, count],
    ),
  );
}

/** A message with one reaction. */
export async function aLikedMessage(person: Person): Promise<string> {
  const { id: messageId } = await aMessage(person, await aGroup(person, []));
  await mutate("AddReaction", person, { messageId, emoji: "👍" });
  return messageId;
}
