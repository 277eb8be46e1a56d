// The end of an account: begun, undone in time, and complete when every subgraph has erased it.
import { describe, expect, test, vi } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf } from "../../kit/client.ts";
import { untilRows, withDatabase } from "../../kit/database.ts";
import { letLeave, untilAllErased } from "../../kit/erasures.ts";
import { untilMails } from "../../kit/mailbox.ts";
import { codeOf, connect } from "../../kit/socket.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { accessToken } from "../../kit/tokens.ts";
import { openAtHeads } from "../messaging/inbox-harness.ts";

const SOON = { timeout: 20_000 };

interface Left {
  readonly __typename: string;
  readonly leavesAt?: string;
}

async function leave(person: Person, password = person.password, router = 0): Promise<Left> {
  const { deleteAccount } = await dataOf<{ deleteAccount: Left }>(
    operation("DeleteAccount"),
    { input: { password } },
    { as: person.token, router },
  );
  return deleteAccount;
}

/** Signs in again, and returns the new access token. */
async function signedIn({ email, password }: Person): Promise<string> {
  const { signIn } = await dataOf<{ signIn: { accessToken: string } }>(operation("SignIn"), {
    input: { email, password },
  });
  return signIn.accessToken;
}

async function leavesAtOf(token: string): Promise<string | null> {
  const { me } = await dataOf<{ me: { leavesAt: string | null } }>(
    operation("Leaving"),
    {},
    { as: token },
  );
  return me.leavesAt;
}

const restore = (token: string, router = 0) =>
  dataOf(operation("RestoreAccount"), {}, { as: token, router });

async function anAdmin(): Promise<Person> {
  const person = await aPerson("Grace");
  await withDatabase("users", (client) =>
    client.query("insert into role_grant (user_id, role, created_at) values ($1, 'ADMIN', now())", [
      person.id,
    ]),
  );
  return person;
}

describe("leaving", () => {
  test("needs the password, and changes nothing without it", async () => {
    const ada = await aPerson();
    expect(await leave(ada, "correct horse battery stable")).toMatchObject({
      __typename: "WrongPasswordProblem",
    });
    expect(await leavesAtOf(ada.token)).toBeNull();
  });

  test("signs the person out everywhere within a second, and tells them by mail", async () => {
    const ada = await aPerson("Ada");
    const other = await signedIn(ada);
    const socket = await connect({ as: other, router: 1 });
    const { id } = await openAtHeads(socket);
    const left = await leave(ada);
    const inDays = (Date.parse(left.leavesAt ?? "") - Date.now()) / 86_400_000;
    expect(Math.round(inDays)).toBe(30);
    expect(codeOf(await socket.next(id, 1_500))).toBe("UNAUTHENTICATED");
    // The other router learns of it within a second, too.
    await vi.waitFor(async () => {
      const answer = await ask(operation("Leaving"), {}, { as: ada.token });
      expect(answer.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    }, 1_500);
    const [mail] = await untilMails(ada.email, 1);
    expect(mail?.subject).toBe("Your account will be deleted");
    expect(mail?.text).toContain("Come back");
  });

  test("begun twenty times at once over two routers has one date and one mail", async () => {
    const ada = await aPerson();
    const tokens = await Promise.all(Array.from({ length: 4 }, () => signedIn(ada)));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        ask<{ deleteAccount: Left | null }>(
          operation("DeleteAccount"),
          { input: { password: ada.password } },
          { as: tokens[at % 4], router: at % 2 },
        ),
      ),
    );
    const dates = answers.flatMap(({ data }) => data?.deleteAccount?.leavesAt ?? []);
    expect(new Set(dates).size).toBe(1);
    await untilMails(ada.email, 1);
    const jobs = "select from job where kind = 'leaving.erase' and payload->>'personId' = $1";
    await untilRows("users", jobs, [ada.id], 1);
  });

  test("leaves nothing to do but to read oneself and to come back", async () => {
    const ada = await aPerson("Ada Leaving");
    const { leavesAt } = await leave(ada);
    const token = await signedIn(ada);
    expect(await leavesAtOf(token)).toBe(leavesAt);
    // The version is another one, so that no scope comes back which routers added to older tokens.
    const claims = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
    expect(JSON.parse(claims)).toMatchObject({ scope: "", ver: 1, restricted: true });
    const bob = await aPerson();
    const { users } = await dataOf<{ users: { edges: unknown[] } }>(
      "query($search: String) { users(search: $search) { edges { node { id } } } }",
      { search: "Ada Leaving" },
      { as: bob.token },
    );
    expect(users.edges).toEqual([]);
  });

  test("is not for the last admin, even when another one is leaving", async () => {
    const takeAll = () =>
      withDatabase("users", async (client) => {
        const { rows } = await client.query(
          "delete from role_grant where role = 'ADMIN' returning user_id, created_at",
        );
        return rows as { user_id: string; created_at: Date }[];
      });
    const known = await takeAll();
    try {
      // Other files may make an admin meanwhile.
      await expect
        .poll(async () => {
          known.push(...(await takeAll()));
          const [one, other] = [await anAdmin(), await anAdmin()];
          expect((await leave(one)).__typename).toBe("DeleteAccountSuccess");
          return (await leave(other)).__typename;
        }, SOON)
        .toBe("LastAdminProblem");
    } finally {
      await withDatabase("users", async (client) => {
        const insert = "insert into role_grant values ($1, 'ADMIN', $2) on conflict do nothing";
        for (const { user_id: id, created_at: at } of known) await client.query(insert, [id, at]);
      });
    }
  });
});

describe("coming back", () => {
  test("keeps everything, once, however often it is asked at once", async () => {
    const ada = await aPerson("Ada");
    await leave(ada);
    const token = await signedIn(ada);
    await Promise.all(Array.from({ length: 20 }, (_, at) => restore(token, at % 2)));
    expect(await leavesAtOf(token)).toBeNull();
    const mails = await untilMails(ada.email, 2);
    expect(mails.map(({ subject }) => subject)).toEqual([
      "Your account will be deleted",
      "Your account stays",
    ]);
    const again = await signedIn(ada);
    const { updateProfile } = await dataOf<{ updateProfile: object }>(
      operation("UpdateProfile"),
      { input: { headline: "Back" } },
      { as: again },
    );
    expect(updateProfile).toMatchObject({ __typename: "UpdateProfileSuccess" });
  });

  test("in time keeps the account from the erasure that was due later", async () => {
    const ada = await aPerson();
    await leave(ada);
    const { rows } = await withDatabase("users", (client) =>
      client.query<{ erasure_id: string }>("select erasure_id from leaving where person_id = $1", [
        ada.id,
      ]),
    );
    await restore(await signedIn(ada));
    await withDatabase("users", (client) =>
      client.query(
        `with due as (
           update job set run_at = now(), due_at = now() where key = $1 returning 1
         ) select pg_notify('jobs', '') from due`,
        [rows[0]?.erasure_id],
      ),
    );
    const done = "select from job where key = $1 and state = 'DONE'";
    await untilRows("users", done, [rows[0]?.erasure_id], 1);
    expect(await leavesAtOf(await signedIn(ada))).toBeNull();
  });
});

describe("the erasure", () => {
  test("is complete when all subgraphs have answered, and admins see what is missing", async () => {
    const ada = await aPerson("Ada");
    await leave(ada);
    await letLeave(ada.id);
    await untilAllErased(ada.id);
    const admin = await accessToken({ userId: newId(), scopes: ["admin"] });
    const { erasures } = await dataOf<{ erasures: { edges: { node: { userId: string } }[] } }>(
      operation("Erasures"),
      { first: 100, isComplete: true },
      { as: admin },
    );
    const found = erasures.edges.find(({ node }) => node.userId === ada.id);
    expect(found?.node).toMatchObject({
      completedAt: expect.any(String),
      missing: [],
      answers: ["events", "matching", "messaging"].map((subgraph) => ({
        subgraph,
        answeredAt: expect.any(String),
      })),
    });
    const bob = await aPerson();
    expect(
      await dataOf(
        "query($id: ID!) { user(id: $id) { displayName } }",
        { id: ada.id },
        {
          as: bob.token,
        },
      ),
    ).toEqual({ user: null });
  });

  test("lets a new person sign up with the same address, who has nothing of the former one", async () => {
    const ada = await aPerson("Ada");
    await leave(ada);
    await letLeave(ada.id);
    await untilAllErased(ada.id);
    const { email, password } = ada;
    const signIn = await dataOf<{ signIn: object }>(operation("SignIn"), {
      input: { email, password },
    });
    expect(signIn).toMatchObject({ signIn: { __typename: "InvalidCredentialsProblem" } });
    const { signUp } = await dataOf<{ signUp: { viewer: { id: string } } }>(operation("SignUp"), {
      input: { email, password, displayName: "Ada again" },
    });
    expect(signUp.viewer.id).not.toBe(ada.id);
  });
});
