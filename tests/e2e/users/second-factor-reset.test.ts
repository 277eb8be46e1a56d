// An admin turns the second factor off of somebody who has lost app and recovery codes, on the
// running stack.
import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf, refusalOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { untilMail } from "../../kit/mailbox.ts";
import { challengeOfPerson, turnOnSecondFactor } from "../../kit/second-factors.ts";
import { connect } from "../../kit/socket.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { closeOf, soon } from "../../security/watched.ts";

const RESET = operation("ResetSecondFactor");

/** A person with a role who has just signed in. */
async function aPersonIn(role: "MODERATOR" | "ADMIN"): Promise<Person> {
  const person = await aPerson("Rosa");
  await withDatabase("users", (client) =>
    client.query("insert into role_grant (user_id, role, created_at) values ($1, $2, now())", [
      person.id,
      role,
    ]),
  );
  return { ...person, token: (await signIn(person)).accessToken ?? "" };
}

interface SignIn {
  readonly __typename: string;
  readonly accessToken?: string;
}

async function signIn({ email, password }: Person): Promise<SignIn> {
  const input = { email, password };
  return (await dataOf<{ signIn: SignIn }>(operation("SignIn"), { input })).signIn;
}

type Result = { readonly __typename: string; readonly user?: object };

async function reset({ id: userId }: Person, { token }: Person): Promise<Result> {
  type Data = { resetSecondFactor: Result };
  const data = await dataOf<Data>(RESET, { input: { userId } }, { as: token });
  return data.resetSecondFactor;
}

async function hasFactor({ id }: Person): Promise<boolean> {
  return withDatabase("users", async (client) => {
    const { rows } = await client.query(
      `select from second_factor where person_id = $1 and enabled_at is not null
       union all select from recovery_code where person_id = $1`,
      [id],
    );
    return rows.length > 0;
  });
}

/** A person with a second factor. */
async function aCarefulPerson(): Promise<Person> {
  const person = await aPerson("Ada");
  await turnOnSecondFactor(person);
  return person;
}

let admin: Person;
beforeAll(async () => {
  admin = await aPersonIn("ADMIN");
});

test("the password alone signs in again, and a challenge that waits is void", async () => {
  const ada = await aCarefulPerson();
  const challenge = await challengeOfPerson(ada);
  expect(await reset(ada, admin)).toMatchObject({
    __typename: "ResetSecondFactorSuccess",
    user: { id: ada.id, hasSecondFactor: false },
  });
  expect((await signIn(ada)).__typename).toBe("SignInSuccess");
  const input = { challenge, code: "000000" };
  expect(await dataOf(operation("AnswerSecondFactor"), { input })).toMatchObject({
    answerSecondFactor: { __typename: "ChallengeEndedProblem" },
  });
  expect(await hasFactor(ada)).toBe(false);
});

test("the person is out everywhere within a second, and is told by mail", async () => {
  const ada = await aCarefulPerson();
  const sockets = await Promise.all([0, 1].map((router) => connect({ as: ada.token, router })));
  await reset(ada, admin);
  const by = soon();
  for (const socket of sockets) expect((await closeOf(socket, by)).code).toBe(4403);
  for (const router of [0, 1]) {
    expect((await ask("{ me { id } }", {}, { as: ada.token, router })).status).toBe(401);
  }
  await untilMail(ada.email, "An admin has turned off two-step sign-in");
});

describe("nothing changes, and nobody is signed out,", () => {
  test("for an admin who signed in more than ten minutes ago", async () => {
    const [ada, former] = await Promise.all([aCarefulPerson(), aPersonIn("ADMIN")]);
    await withDatabase("users", (client) =>
      client.query(
        `update session set created_at = created_at - interval '11 minutes',
           authenticated_at = authenticated_at - interval '11 minutes' where user_id = $1`,
        [former.id],
      ),
    );
    expect((await reset(ada, former)).__typename).toBe("ReauthenticationRequiredProblem");
    const input = { password: former.password };
    await dataOf(operation("Reauthenticate"), { input }, { as: former.token });
    expect(await hasFactor(ada)).toBe(true);
    expect((await ask("{ me { id } }", {}, { as: ada.token })).status).toBe(200);
    // The control: behind the password it does.
    expect((await reset(ada, former)).__typename).toBe("ResetSecondFactorSuccess");
  });

  test("for a person without a second factor", async () => {
    const ada = await aPerson();
    expect((await reset(ada, admin)).__typename).toBe("SecondFactorOffProblem");
    expect((await ask("{ me { id } }", {}, { as: ada.token })).status).toBe(200);
  });

  test("by a moderator, or an admin whose role is gone from the database", async () => {
    const [ada, moderator, former] = await Promise.all([
      aCarefulPerson(),
      aPersonIn("MODERATOR"),
      aPersonIn("ADMIN"),
    ]);
    await withDatabase("users", (client) =>
      client.query("delete from role_grant where user_id = $1 and role = 'ADMIN'", [former.id]),
    );
    for (const { token } of [moderator, former]) {
      const refusal = await refusalOf(RESET, { input: { userId: ada.id } }, { as: token });
      expect(refusal.code).toBe("FORBIDDEN");
    }
    expect(await hasFactor(ada)).toBe(true);
  });

  test("when nobody has the id", async () => {
    for (const userId of [newId(), "x"]) {
      expect(await refusalOf(RESET, { input: { userId } }, { as: admin.token })).toMatchObject({
        code: "NOT_FOUND",
        field: "input.userId",
      });
    }
  });
});
