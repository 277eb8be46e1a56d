// The client's step-up against the real router: a mutation that needs a recent authentication lets
// the person authenticate again, and is sent once more.
import { expect, test } from "vitest";
import { EnrollTotp, Me, Reauthenticate } from "../../../clients/sdk/generated/operations.ts";
import type { Client, ClientOptions, ReauthenticationNeeded } from "../../../clients/sdk/index.ts";
import { withDatabase } from "../../kit/database.ts";
import { turnOnSecondFactor } from "../../kit/second-factors.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { startClient, startLine } from "./harness.ts";

/** Lets all sessions of a person have begun an hour ago. */
async function passAnHour({ id }: Person): Promise<void> {
  await withDatabase("users", (client) =>
    client.query(
      `update session set created_at = created_at - interval '1 hour',
         authenticated_at = authenticated_at - interval '1 hour' where user_id = $1`,
      [id],
    ),
  );
}

/** A client that answers by `answer` when it is asked to authenticate again. */
async function aClient(
  person: Person,
  answer?: (client: Client, needed: ReauthenticationNeeded) => Promise<boolean>,
) {
  const line = await startLine();
  const asked: ReauthenticationNeeded[] = [];
  let sent = 0;
  const options: Partial<ClientOptions> = {
    fetch(_url, init) {
      sent += 1;
      return fetch(line.router.url, init);
    },
    ...(answer && {
      async reauthenticate(needed: ReauthenticationNeeded) {
        asked.push(needed);
        return answer(client, needed);
      },
    }),
  };
  const client = startClient(line, person, options);
  await client.run(Me, {});
  sent = 0;
  const enroll = async () => (await client.run(EnrollTotp, {})).enrollTotp.__typename;
  return { enroll, asked, sent: () => sent };
}

const proveBy =
  ({ password }: Person, code: string | null = null) =>
  async (client: Client) => {
    const { reauthenticate } = await client.run(Reauthenticate, { input: { password, code } });
    return reauthenticate.__typename === "ReauthenticateSuccess";
  };

test("it is sent once more behind the password, and not again within ten minutes", async () => {
  const ada = await aPerson("Ada");
  const { enroll, asked, sent } = await aClient(ada, proveBy(ada));
  expect(await enroll()).toBe("EnrollTotpSuccess");
  expect([asked.length, sent()]).toEqual([0, 1]);
  await passAnHour(ada);
  expect(await enroll()).toBe("EnrollTotpSuccess");
  expect(asked).toMatchObject([{ hasSecondFactor: false }]);
  expect(sent()).toBe(1 + 3);
  expect(await enroll()).toBe("EnrollTotpSuccess");
  expect([asked.length, sent()]).toEqual([1, 5]);
});

test("a person with a second factor is asked for a code as well", async () => {
  const ada = await aPerson("Ada");
  const [code = ""] = await turnOnSecondFactor(ada);
  await passAnHour(ada);
  const { enroll, asked } = await aClient(ada, proveBy(ada, code));
  expect(await enroll()).toBe("EnrollTotpSuccess");
  expect(asked).toMatchObject([{ hasSecondFactor: true }]);
});

test("it is not sent again where the person would rather not, or is not asked", async () => {
  const ada = await aPerson("Ada");
  const declining = await aClient(ada, async () => false);
  await passAnHour(ada);
  expect(await declining.enroll()).toBe("ReauthenticationRequiredProblem");
  expect([declining.asked.length, declining.sent()]).toEqual([1, 1]);
  const bob = await aPerson("Bob");
  const silent = await aClient(bob);
  await passAnHour(bob);
  expect(await silent.enroll()).toBe("ReauthenticationRequiredProblem");
  expect(silent.sent()).toBe(1);
});

test("it is sent at most twice, also where the person only says that they authenticated", async () => {
  const ada = await aPerson("Ada");
  const { enroll, asked, sent } = await aClient(ada, async () => true);
  await passAnHour(ada);
  expect(await enroll()).toBe("ReauthenticationRequiredProblem");
  expect([asked.length, sent()]).toEqual([1, 2]);
});
