// Budgets of guesses by account, over two replicas of users: bursts do not exceed them, delays
// grow, and the answers do not tell which addresses have accounts.
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cleaningOfAttempts } from "../../../subgraphs/users/accounts/attempts/jobs.ts";
import { delayMsAfter, FREE_GUESSES } from "../../../subgraphs/users/accounts/attempts/rules.ts";
import {
  type CountedAttempt,
  countAttempt,
  forgiveAttempt,
  type TooManyAttempts,
} from "../../../subgraphs/users/accounts/attempts.ts";
import { signIn } from "../../../subgraphs/users/accounts/sessions/actions.ts";
import { anonymous, openUsers, PASSWORD, type Users } from "./harness.ts";

const start = new Date("2026-12-01T12:00:00Z");
const at = (ms: number) => new Date(start.getTime() + ms);
const newEmail = () => `${randomUUID()}@meetinity.test`;

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

const count = (email: string, ms: number, replica = 0) =>
  countAttempt((replicas[replica] ?? users).context(anonymous, at(ms)), {
    kind: "sign-in",
    of: { email },
  });

describe("a burst of 200 guesses at once over two replicas", () => {
  const burst = (guess: (index: number) => Promise<{ readonly kind: string }>) =>
    Promise.all(Array.from({ length: 200 }, (_, index) => guess(index)));
  const counted = (all: readonly { readonly kind: string }[]) =>
    all.filter(({ kind }) => kind === "counted").length;

  test("makes as many as one after the other would", async () => {
    const email = newEmail();
    const outcomes = await burst((index) => count(email, 0, index % 2));
    expect(counted(outcomes)).toBe(FREE_GUESSES);
    expect(outcomes.filter(({ kind }) => kind === "tooManyAttempts")).toHaveLength(
      200 - FREE_GUESSES,
    );
    expect(counted(await burst((index) => count(email, 1_000, index % 2)))).toBe(1);
  });

  test("makes more, if one statement judges and another counts", async () => {
    const key = randomUUID();
    await users.sql("create table unguarded (key text primary key, guesses int)");
    await users.sql("insert into unguarded values ($1, 0)", [key]);
    const outcomes = await burst(async (index) => {
      const { sql } = replicas[index % 2] ?? users;
      const [row] = await sql<{ guesses: number }>("select guesses from unguarded where key = $1", [
        key,
      ]);
      if ((row?.guesses ?? 0) >= FREE_GUESSES) return { kind: "tooManyAttempts" };
      await sql("update unguarded set guesses = guesses + 1 where key = $1", [key]);
      return { kind: "counted" };
    });
    expect(counted(outcomes)).toBeGreaterThan(FREE_GUESSES);
  });
});

/** A model of one budget, as a plain program in memory. */
class Model {
  guesses = 0;
  countedAt = 0;
  freeAt = 0;

  /** Zero when the guess counts, else how long to wait. */
  count(ms: number): number {
    if (ms < this.freeAt) return this.freeAt - ms;
    if (this.countedAt < ms - 86_400_000) this.guesses = 0;
    this.guesses += 1;
    this.countedAt = ms;
    this.freeAt = ms + delayMsAfter(this.guesses);
    return 0;
  }

  forgive(ms: number): void {
    this.guesses -= 1;
    this.freeAt = Math.min(this.freeAt, ms);
  }
}

test("any sequence of guesses, on any replica, waits as the rules say", async () => {
  const pauses = fc.oneof(
    fc.nat(3),
    fc.integer({ min: 500, max: 4_000 }),
    fc.integer({ min: 60_000, max: 1_000_000 }),
    fc.constant(86_400_001),
  );
  const steps = fc.array(
    fc.record({ pauseMs: pauses, replica: fc.nat(1), isRight: fc.boolean() }),
    { minLength: 1, maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const [email, model] = [newEmail(), new Model()];
      let ms = 0;
      for (const { pauseMs, replica, isRight } of sequence) {
        ms += pauseMs;
        const expected = model.count(ms);
        const outcome = await count(email, ms, replica);
        expect(outcome).toMatchObject(
          expected === 0
            ? { kind: "counted", guesses: model.guesses }
            : { kind: "tooManyAttempts", retryAfterMs: expected },
        );
        if (outcome.kind !== "counted" || !isRight) continue;
        model.forgive(ms);
        await forgiveAttempt(users.context(anonymous, at(ms)), outcome);
      }
    }),
    { numRuns: 30 },
  );
});

test("a guess that was right frees the next, and the wrong ones before it stay counted", async () => {
  const email = newEmail();
  for (let guess = 0; guess < FREE_GUESSES - 1; guess += 1) await count(email, 0);
  const right = (await count(email, 0)) as CountedAttempt;
  expect(await count(email, 0)).toEqual({ kind: "tooManyAttempts", retryAfterMs: 1_000 });
  await forgiveAttempt(users.context(anonymous, at(5)), right);
  expect(await count(email, 5)).toMatchObject({ kind: "counted", guesses: FREE_GUESSES });
});

test("guesses of one kind, address or session do not count for another", async () => {
  const [email, personId] = [newEmail(), randomUUID()];
  for (let guess = 0; guess < FREE_GUESSES; guess += 1) await count(email, 0);
  expect((await count(email, 0)).kind).toBe("tooManyAttempts");
  const context = users.context(anonymous, start);
  for (const other of [
    { kind: "sign-in", of: { email: newEmail() } },
    { kind: "email-code", of: { email } },
    { kind: "sign-in", of: { personId } },
    { kind: "second-factor", of: { personId } },
    { kind: "reauthenticate", of: { sessionId: personId } },
  ] as const) {
    expect(await countAttempt(context, other)).toMatchObject({ kind: "counted", guesses: 1 });
  }
});

test("answers and statements are the same for an unknown address, and no row names it", async () => {
  const { email } = await users.join("Ada", start);
  const guesses = async (address: string) => {
    const seen: unknown[] = [];
    for (let guess = 0; guess < FREE_GUESSES + 2; guess += 1) {
      users.statements();
      const outcome = await signIn(users.context(anonymous, start), {
        email: address,
        password: `guess ${guess}`,
        deviceToken: "unknown",
      });
      seen.push({ outcome, statements: users.statements() });
    }
    return seen;
  };
  const unknown = newEmail();
  const known = await guesses(email);
  expect(known).toEqual(await guesses(unknown));
  expect(known.at(-1)).toMatchObject({
    outcome: { kind: "tooManyAttempts", retryAfterMs: 1_000 } satisfies TooManyAttempts,
  });
  const rows = await users.sql<{ row: string }>("select attempt::text as row from attempt");
  expect(rows.filter(({ row }) => row.includes("meetinity"))).toEqual([]);
});

test("the right password counts as a guess too, until it is found right", async () => {
  const { email } = await users.join("Ada", start);
  const attempts = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      signIn((replicas[index % 2] ?? users).context(anonymous, start), {
        email,
        password: PASSWORD,
      }),
    ),
  );
  const kinds = attempts.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === "signedIn").length).toBeGreaterThanOrEqual(FREE_GUESSES);
  const later = await signIn(users.context(anonymous, at(1_000)), { email, password: PASSWORD });
  expect(later.kind).toBe("signedIn");
});

test("budgets are deleted a day after their last guess, and no earlier", async () => {
  const [old, recent] = [newEmail(), newEmail()];
  await users.sql("delete from attempt");
  await count(old, 0);
  await count(recent, 1);
  const { signal } = new AbortController();
  const clean = (ms: number) => cleaningOfAttempts(users.database, () => at(ms)).run(signal);
  await clean(86_400_000);
  expect(await users.sql("select from attempt")).toHaveLength(2);
  await clean(86_400_001);
  expect(await users.sql("select from attempt")).toHaveLength(1);
  expect(await count(recent, 2)).toMatchObject({ guesses: 2 });
});
