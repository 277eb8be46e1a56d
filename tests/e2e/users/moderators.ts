// Moderators and admins on the running stack, with tokens as from a sign-in.
import { scopesOfAccess } from "../../../subgraphs/users/accounts/roles/rules.ts";
import { withDatabase } from "../../kit/database.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { accessToken } from "../../kit/tokens.ts";

/** A person with one more role, in the database and in their token. */
export async function aPersonWho(role: "MODERATOR" | "ADMIN"): Promise<Person> {
  const person = await aPerson("Mo");
  await withDatabase("users", (client) =>
    client.query("insert into role_grant (user_id, role, created_at) values ($1, $2, now())", [
      person.id,
      role,
    ]),
  );
  const roles = ["USER", "ORGANIZER", role] as const;
  const scopes = scopesOfAccess({ roles, standing: "ACTIVE", isVerified: true });
  return { ...person, token: await accessToken({ userId: person.id, roles, scopes }) };
}
