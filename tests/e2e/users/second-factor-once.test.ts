// Things that work once, tried 20 times at once over two replicas of users: a code of the app, a
// recovery code, a challenge and a confirmation; and without each guard, more than once.
import { afterAll, beforeAll, expect, test } from "vitest";
import { confirmTotp } from "../../../subgraphs/users/accounts/second-factor/actions.ts";
import { codeAt } from "../../kit/authenticator.ts";
import { answer, challengeOf, type Enrolled, enroll, turnOn } from "./enrolled.ts";
import { as, openUsers, type Users } from "./harness.ts";

const TIMES = 20;
const BEGAN = new Date("2030-01-01T12:00:00Z");
const LATER = new Date(BEGAN.getTime() + 60_000);

let users: Users;
let replicas: readonly [Users, Users];
beforeAll(async () => {
  users = await openUsers();
  replicas = [users, await users.replica()];
});
afterAll(async () => {
  await replicas[1].close();
  await users.close();
});

/** Does it many times at once, on both replicas by turns. Counts the outcomes by kind. */
async function atOnce(
  times: number,
  work: (replica: Users, index: number) => Promise<{ readonly kind: string }>,
): Promise<Record<string, number>> {
  const outcomes = await Promise.all(
    Array.from({ length: times }, (_, index) => work(replicas[index % 2] ?? users, index)),
  );
  const counts: Record<string, number> = {};
  for (const { kind } of outcomes) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

async function enrolled(): Promise<Enrolled> {
  return turnOn(users, await users.join("Ada", BEGAN), BEGAN);
}

const sessionsOf = async ({ userId }: Enrolled) =>
  (await users.sql("select id from session where user_id = $1", [userId])).length;

test("one challenge, answered rightly 20 times at once, begins one session", async () => {
  const ada = await enrolled();
  const challenge = await challengeOf(users, ada.email, LATER);
  const code = codeAt(ada.secret, LATER);
  const counts = await atOnce(TIMES, (replica) => answer(replica, challenge, code, LATER));
  expect(counts.signedIn).toBe(1);
  expect(await sessionsOf(ada)).toBe(2);
});

test("of one challenge, answered with 20 different recovery codes and codes, one counts", async () => {
  const ada = await enrolled();
  const challenge = await challengeOf(users, ada.email, LATER);
  const counts = await atOnce(ada.recoveryCodes.length, (replica, index) =>
    answer(replica, challenge, ada.recoveryCodes[index] ?? "", LATER),
  );
  expect(counts.signedIn).toBe(1);
  expect(await sessionsOf(ada)).toBe(2);
});

test.each(["app", "recovery"])(
  "a code of kind %s counts for one of many challenges",
  async (kind) => {
    const ada = await enrolled();
    // As many as the account's budget of guesses lets through at once.
    const challenges = await Promise.all(
      Array.from({ length: 10 }, () => challengeOf(users, ada.email, LATER)),
    );
    const code = kind === "app" ? codeAt(ada.secret, LATER) : (ada.recoveryCodes[0] ?? "");
    const counts = await atOnce(TIMES, (replica, index) =>
      answer(replica, challenges[index % challenges.length] ?? "", code, LATER),
    );
    expect(counts.signedIn).toBe(1);
    expect(await sessionsOf(ada)).toBe(2);
  },
);

test("20 confirmations at once turn it on once, and give one set of recovery codes", async () => {
  const ada = await users.join("Ada", BEGAN);
  const secret = await enroll(users, ada, BEGAN);
  const code = codeAt(secret, BEGAN);
  const counts = await atOnce(TIMES, (replica) =>
    confirmTotp(replica.context(as(ada), BEGAN), code),
  );
  expect(counts).toEqual({ on: 1, notPending: TIMES - 1 });
  const codes = await users.sql("select hash from recovery_code where person_id = $1", [
    ada.userId,
  ]);
  expect(codes).toHaveLength(10);
});

test("a burst of 50 wrong answers to a challenge has five tries", async () => {
  const ada = await enrolled();
  const challenge = await challengeOf(users, ada.email, LATER);
  const counts = await atOnce(50, (replica) => answer(replica, challenge, "000000", LATER));
  expect(counts.wrong).toBe(5);
  const [row] = await users.sql<{ attempts: number }>(
    "select max(attempts) as attempts from one_time where person_id = $1",
    [ada.userId],
  );
  expect(row?.attempts).toBe(5);
});

test("over many challenges, a person's guesses are limited as well", async () => {
  const ada = await enrolled();
  const challenges = await Promise.all(
    Array.from({ length: 10 }, () => challengeOf(users, ada.email, LATER)),
  );
  const counts = await atOnce(50, (replica, index) =>
    answer(replica, challenges[index % 10] ?? "", "000000", LATER),
  );
  expect(counts.wrong).toBeLessThanOrEqual(10);
  expect(counts.tooManyAttempts).toBeGreaterThanOrEqual(40);
});

test("a code without the kept step counts many times", async () => {
  const ada = await enrolled();
  await users.sql(
    `create function forget_step() returns trigger language plpgsql as
     $$ begin new.last_step := 0; return new; end $$`,
  );
  await users.sql(
    `create trigger forget before update on second_factor
     for each row execute function forget_step()`,
  );
  const challenges = await Promise.all(
    Array.from({ length: 5 }, () => challengeOf(users, ada.email, LATER)),
  );
  const code = codeAt(ada.secret, LATER);
  const counts = await atOnce(5, (replica, index) =>
    answer(replica, challenges[index] ?? "", code, LATER),
  );
  await users.sql("drop trigger forget on second_factor");
  expect(counts.signedIn).toBe(5);
});

test("a challenge that is never marked as used begins many sessions", async () => {
  const ada = await enrolled();
  const challenge = await challengeOf(users, ada.email, LATER);
  await users.sql(
    `create function forget_use() returns trigger language plpgsql as
     $$ begin new.used_at := null; return new; end $$`,
  );
  await users.sql(
    `create trigger forget before update on one_time
     for each row execute function forget_use()`,
  );
  const counts = await atOnce(3, (replica, index) =>
    answer(replica, challenge, ada.recoveryCodes[index] ?? "", LATER),
  );
  await users.sql("drop trigger forget on one_time");
  expect(counts.signedIn).toBe(3);
});

test("a recovery code that is not deleted counts for every challenge", async () => {
  const ada = await enrolled();
  const challenges = await Promise.all(
    Array.from({ length: 5 }, () => challengeOf(users, ada.email, LATER)),
  );
  // A trigger on a table can only skip a row, which counts as not deleted. One on a view decides.
  await users.sql("alter table recovery_code rename to kept_code");
  await users.sql("create view recovery_code as select * from kept_code");
  await users.sql(
    `create function keep_code() returns trigger language plpgsql as
     $$ begin return old; end $$`,
  );
  await users.sql(
    `create trigger keep instead of delete on recovery_code
     for each row execute function keep_code()`,
  );
  const code = ada.recoveryCodes[0] ?? "";
  const counts = await atOnce(5, (replica, index) =>
    answer(replica, challenges[index] ?? "", code, LATER),
  );
  await users.sql("drop view recovery_code");
  await users.sql("alter table kept_code rename to recovery_code");
  expect(counts.signedIn).toBe(5);
});
