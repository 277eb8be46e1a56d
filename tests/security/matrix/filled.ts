// Sets the fields of a person that are empty for most people, so that a test sees whether they are
// shown or hidden.
import { randomUUID } from "node:crypto";
import { operation } from "../../../schema/operations.ts";
import { mutate } from "../../e2e/messaging/harness.ts";
import { aPersonWho } from "../../e2e/users/moderators.ts";
import { dataOf } from "../../kit/client.ts";
import { untilRows, withDatabase } from "../../kit/database.ts";
import { challengeOfPerson, turnOnSecondFactor } from "../../kit/second-factors.ts";
import { confirmAddress, type Person } from "../../kit/stories.ts";

/** The data that `fillIn` sets. */
export const FILLED: ReadonlySet<string> = new Set([
  "leavesAt",
  "pendingEmail",
  "recoveryCodesLeft",
  "suspension",
]);

/**
 * Gives a person a second factor, a language, an address that waits, a suspension and the end of
 * their account.
 * They stay in use, which nobody is in the product: everything else of theirs is still visible.
 * Their earlier tokens are refused, and they have a new session.
 */
export async function fillIn(person: Person): Promise<void> {
  const [code] = await turnOnSecondFactor(person);
  await mutate("ChangeLanguage", person, { language: "en" });
  await mutate("ChangeEmail", person, { newEmail: `${randomUUID()}@meetinity.test` });
  const moderator = await aPersonWho("MODERATOR");
  await mutate("SuspendUser", moderator, { userId: person.id, reason: "A test." });
  await confirmAddress(person.id);
  const version = await withDatabase("users", async (client) => {
    await client.query(
      `insert into leaving (person_id, erasure_id, asked_at, leaves_at, standing_before)
       values ($1, gen_random_uuid(), now(), now() + interval '30 days', 'ACTIVE')`,
      [person.id],
    );
    const { rows } = await client.query<{ version: number }>(
      "select standing_version as version from person where id = $1",
      [person.id],
    );
    return rows[0]?.version;
  });
  const input = { challenge: await challengeOfPerson(person), code };
  await dataOf(operation("AnswerSecondFactor"), { input });
  const known = "select from person_standing where person_id = $1 and version = $2";
  for (const subgraph of ["events", "matching"]) {
    await untilRows(subgraph, known, [person.id, version], 1);
  }
}
