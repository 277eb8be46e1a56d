// Somebody with a role that a test makes depend on a second factor.
import { withDatabase } from "../kit/database.ts";
import { aPerson, type Person } from "../kit/stories.ts";

export async function aModerator(): Promise<Person> {
  const person = await aPerson("Mo");
  await withDatabase("users", (client) =>
    client.query(
      "insert into role_grant (user_id, role, created_at) values ($1, 'MODERATOR', now())",
      [person.id],
    ),
  );
  return person;
}
