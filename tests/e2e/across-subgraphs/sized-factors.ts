// The runs of operations on second factors. Lists of recovery codes have always ten: statements.txt
// shows that the ten are stored together.
import { codeAt } from "../../kit/authenticator.ts";
import { withDatabase } from "../../kit/database.ts";
import { challengeOfPerson, enrollPerson, turnOnSecondFactor } from "../../kit/second-factors.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { input, type SizedRun } from "./sized-run.ts";

async function setRoles({ id }: Person, roles: readonly string[]): Promise<void> {
  await withDatabase("users", async (client) => {
    await client.query("delete from role_grant where user_id = $1", [id]);
    await client.query(
      `insert into role_grant (user_id, role, created_at)
       select $1, unnest($2::user_role[]), now()`,
      [id, roles],
    );
  });
}

export const FACTOR_RUNS: Readonly<Record<string, SizedRun>> = {
  // The list is of the person's roles.
  AnswerSecondFactor: async (_crowd, size) => {
    const person = await aPerson();
    const [code] = await turnOnSecondFactor(person);
    await setRoles(person, size === 1 ? ["USER"] : ["USER", "ORGANIZER", "MODERATOR", "ADMIN"]);
    return input(undefined, { challenge: await challengeOfPerson(person), code });
  },
  ConfirmTotp: async () => {
    const person = await aPerson();
    return input(person, { code: codeAt(await enrollPerson(person), new Date()) });
  },
  RenewRecoveryCodes: async () => {
    const person = await aPerson();
    await turnOnSecondFactor(person);
    return { as: person };
  },
};
