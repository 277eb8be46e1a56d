// Suspensions: the person is out everywhere at once, is told why, and is back when a moderator
// reinstates them. Who may suspend whom.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf } from "../../kit/client.ts";
import { untilRows, withDatabase } from "../../kit/database.ts";
import { untilMails } from "../../kit/mailbox.ts";
import { connect, type Socket } from "../../kit/socket.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { aScene, closeOf, endOf, refusalOf, soon, WATCHED } from "../../security/watched.ts";
import { aMessage, mutate, take, watch } from "../messaging/harness.ts";
import { aPersonWho } from "./moderators.ts";

const ROUTERS = [0, 1];
const REASON = "Selling tickets by private message. <b>Twice</b>.";

let moderator: Person;
let admin: Person;
const sockets: Socket[] = [];
beforeAll(async () => {
  [moderator, admin] = await Promise.all([aPersonWho("MODERATOR"), aPersonWho("ADMIN")]);
});
afterAll(() => {
  for (const socket of sockets) socket.close();
});

const suspend = (whom: { id: string }, by = moderator) =>
  mutate("SuspendUser", by, { userId: whom.id, reason: REASON });
const reinstate = (whom: { id: string }, by = moderator) =>
  mutate("ReinstateUser", by, { userId: whom.id });

interface SignedIn {
  readonly signIn: {
    readonly __typename: string;
    readonly explanation?: string;
    readonly accessToken?: string;
  };
}
const signIn = async ({ email }: Person, password: string) =>
  (await dataOf<SignedIn>(operation("SignIn"), { input: { email, password } })).signIn;

async function opened(socket: Socket, scene: Awaited<ReturnType<typeof aScene>>) {
  const ids: [string, string][] = [];
  for (const [name, open] of Object.entries(WATCHED)) ids.push([name, await open(socket, scene)]);
  return ids;
}

describe("a suspension", () => {
  test("ends all streams of the person within a second, at both routers, and no others", async () => {
    const person = await aPerson();
    const scene = await aScene(person);
    const control = await connect({ as: scene.friend.token, router: 1 });
    sockets.push(control);
    const log = watch(control, scene.group, 0);
    await take(control, log, 1);
    const watching = await Promise.all(
      ROUTERS.map(async (router) => {
        const socket = await connect({ as: person.token, router });
        return { socket, ids: await opened(socket, scene) };
      }),
    );
    expect(await suspend(person)).toMatchObject({ __typename: "SuspendUserSuccess" });
    const by = soon();
    for (const { socket, ids } of watching) {
      for (const [name, id] of ids) {
        const { end } = await endOf(socket, id, by);
        expect([name, refusalOf(end).code]).toEqual([name, "UNAUTHENTICATED"]);
      }
      expect((await closeOf(socket, by)).code).toBe(4403);
    }
    for (const router of ROUTERS) {
      const { status } = await ask("{ me { id } }", {}, { as: person.token, router });
      expect(status).toBe(401);
    }
    const input = { refreshToken: person.refreshToken };
    const refreshed = await dataOf(operation("RefreshSession"), { input });
    expect(refreshed).toMatchObject({
      refreshSession: { __typename: "InvalidRefreshTokenProblem" },
    });
    await aMessage(scene.friend, scene.group, "still here?");
    expect(await take(control, log, 1)).toMatchObject([{ message: { body: "still here?" } }]);
  }, 60_000);

  test("is explained to whoever has the password, and to nobody else", async () => {
    const person = await aPerson();
    await suspend(person);
    expect(await signIn(person, person.password)).toMatchObject({
      __typename: "AccountSuspendedProblem",
      explanation: REASON,
    });
    expect(await signIn(person, "another password")).toMatchObject({
      __typename: "InvalidCredentialsProblem",
    });
  });

  test("is told by one mail with the reason, however often it is asked for at once", async () => {
    const person = await aPerson();
    await Promise.all(
      Array.from({ length: 20 }, (_, at) => suspend(person, at % 2 ? admin : moderator)),
    );
    const [mail] = await untilMails(person.email, 1);
    expect(mail?.subject).toBe("Your account is suspended");
    expect(mail?.text).toContain(REASON);
    expect(mail?.html).toContain("&lt;b&gt;Twice&lt;/b&gt;");
    const rows = await withDatabase("users", (client) =>
      client.query("select * from suspension where person_id = $1", [person.id]),
    );
    expect(rows.rowCount).toBe(1);
    expect(JSON.stringify(rows.rows)).not.toContain("tickets");
  });

  test("ends with reinstateUser: the person signs in again, and is told by mail", async () => {
    const person = await aPerson();
    await suspend(person);
    await Promise.all(Array.from({ length: 20 }, () => reinstate(person)));
    expect(await signIn(person, person.password)).toMatchObject({ __typename: "SignInSuccess" });
    const mails = await untilMails(person.email, 2);
    expect(mails[1]?.subject).toBe("Your account is in use again");
    expect((await ask("{ me { id } }", {}, { as: person.token })).status).toBe(401);
  });

  test("beats a sign-in at the same time: no session is left", async () => {
    const person = await aPerson();
    const attempts = Array.from({ length: 6 }, () => signIn(person, person.password));
    const [answers] = await Promise.all([Promise.all(attempts), suspend(person)]);
    const tokens = answers.flatMap(({ accessToken = [] }) => accessToken);
    await expect
      .poll(
        async () => {
          const asked = tokens.map((as) => ask("{ me { id } }", {}, { as }));
          return (await Promise.all(asked)).filter(({ status }) => status !== 401).length;
        },
        { timeout: 5_000 },
      )
      .toBe(0);
    const living = "select from session where user_id = $1 and revoked_at is null";
    await untilRows("users", living, [person.id], 0);
  });
});

describe("nobody is suspended", () => {
  const kindOf = async (answer: Promise<unknown>) =>
    ((await answer) as { __typename: string }).__typename;

  test("by a moderator who is one of the staff, nor by oneself", async () => {
    const [other, chief] = await Promise.all([aPersonWho("MODERATOR"), aPersonWho("ADMIN")]);
    expect(await kindOf(suspend(other))).toBe("ProtectedRoleProblem");
    expect(await kindOf(suspend(chief))).toBe("ProtectedRoleProblem");
    expect(await kindOf(suspend(moderator))).toBe("SelfSuspensionProblem");
    expect(await kindOf(suspend(admin, admin))).toBe("SelfSuspensionProblem");
    expect(await kindOf(suspend(other, admin))).toBe("SuspendUserSuccess");
    expect(await kindOf(reinstate(other))).toBe("ProtectedRoleProblem");
    expect(await kindOf(reinstate(other, admin))).toBe("ReinstateUserSuccess");
  });

  test("by an admin whom the other one has just suspended: of two at once, one stays", async () => {
    const [one, other] = await Promise.all([aPersonWho("ADMIN"), aPersonWho("ADMIN")]);
    const suspendBy = (whom: Person, by: Person) => {
      const input = { userId: whom.id, reason: REASON };
      return ask<object>(operation("SuspendUser"), { input }, { as: by.token });
    };
    const answers = await Promise.all([suspendBy(one, other), suspendBy(other, one)]);
    const codes = answers.map(({ data, errors }) => errors?.[0]?.extensions.code ?? typeof data);
    expect(["FORBIDDEN", "UNAUTHENTICATED"]).toContain(
      codes.filter((each) => each !== "object")[0],
    );
    const suspended = "select from person where id = any($1) and standing = 'SUSPENDED'";
    await untilRows("users", suspended, [[one.id, other.id]], 1);
  });

  test("by people without the role, nor by a moderator who was suspended", async () => {
    const person = await aPerson();
    const input = { userId: person.id, reason: REASON };
    const codeOf = async (token: string) =>
      (await ask(operation("SuspendUser"), { input }, { as: token })).errors?.[0]?.extensions.code;
    expect(await codeOf((await aPerson()).token)).toBe("FORBIDDEN");
    const former = await aPersonWho("MODERATOR");
    await withDatabase("users", (client) =>
      client.query("delete from role_grant where user_id = $1 and role = 'MODERATOR'", [former.id]),
    );
    expect(await codeOf(former.token)).toBe("FORBIDDEN");
    expect(await signIn(person, person.password)).toMatchObject({ __typename: "SignInSuccess" });
  });

  test("without a reason, or when nobody has the id", async () => {
    const person = await aPerson();
    const asked = (userId: string, reason: string) =>
      ask(operation("SuspendUser"), { input: { userId, reason } }, { as: moderator.token });
    expect((await asked(person.id, "  ")).errors?.[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.reason",
    });
    for (const id of [newId(), "x"]) {
      expect((await asked(id, REASON)).errors?.[0]?.extensions).toMatchObject({
        code: "NOT_FOUND",
        field: "input.userId",
      });
    }
  });
});
