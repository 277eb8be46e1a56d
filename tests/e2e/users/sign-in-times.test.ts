// Signing up takes as long for an address that has an owner as for a free one, and a refused
// sign-in as long for an unknown address as for one with an owner, a claim or both: as
// distributions. Ways that look first, and stop there, would be noticed.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { hasOwner } from "../../../subgraphs/users/accounts/addresses/store.ts";
import { signIn } from "../../../subgraphs/users/accounts/sessions/actions.ts";
import { findCredentials } from "../../../subgraphs/users/accounts/sessions/store.ts";
import { signUp } from "../../../subgraphs/users/accounts/sign-up/actions.ts";
import { APART, distance, distanceOfUnequal, timesInPairs } from "../../kit/told-apart.ts";
import { anonymous, openUsers, PASSWORD, type Users } from "./harness.ts";

const ROUNDS = 40;
const OPTIONS = { rounds: ROUNDS, warmUp: 4 };
const TWO_DAYS_MS = 2 * 86_400_000;

let users: Users;
let owned: string;
// The hashes of a test are a second of work on a free core, and many on a busy one.
vi.setConfig({ testTimeout: 180_000 });

beforeAll(async () => {
  users = await openUsers();
  ({ email: owned } = await users.join("Ada"));
});
afterAll(() => users.close());

const nobodys = () => `${randomUUID()}@meetinity.test`;

const join = (email: string) =>
  signUp(users.context(), { email, password: PASSWORD, displayName: "Ada" });

/** Guesses of earlier rounds are forgotten: without that, they would be refused unread. */
const contextOf = (round: number) =>
  users.context(anonymous, new Date(Date.now() + round * TWO_DAYS_MS));

const guess = (email: string, round: number) =>
  signIn(contextOf(round), { email, password: "not the password" });

async function refusals(known: string): Promise<number> {
  const times = await timesInPairs(
    (round) => guess(known, round),
    (round) => guess(nobodys(), round),
    OPTIONS,
  );
  return distance(times);
}

test("signing up with an address that has an owner, and with a free one", async () => {
  const times = await timesInPairs(
    () => join(owned),
    () => join(nobodys()),
    OPTIONS,
  );
  expect(distance(times)).toBeLessThan(APART);
});

test("a refused sign-in for an unknown address, and for one that has an owner", async () => {
  const { email } = await users.join("Grace");
  expect(await refusals(email)).toBeLessThan(APART);
});

test("a refused sign-in for an unknown address, and for one that is claimed", async () => {
  const email = nobodys();
  await join(email);
  expect(await refusals(email)).toBeLessThan(APART);
});

test("a refused sign-in for an unknown address, and for one with an owner and claims", async () => {
  expect(await refusals(owned)).toBeLessThan(APART);
});

test("a sign-up that stops at a taken address is told apart", async () => {
  const naively = async (email: string) =>
    (await hasOwner(users.database, email)) ? null : join(email);
  const apart = await distanceOfUnequal(
    () => naively(owned),
    () => naively(nobodys()),
    OPTIONS,
  );
  expect(apart).toBeGreaterThan(APART);
});

test("a sign-in that hashes for the accounts that there are is told apart", async () => {
  const naively = async (email: string) => {
    const { passwords, database } = users.context();
    for (const { passwordHash } of await findCredentials(database, email)) {
      await passwords.matches("not the password", passwordHash);
    }
  };
  const { email } = await users.join("Grace");
  const apart = await distanceOfUnequal(
    () => naively(email),
    () => naively(owned),
    OPTIONS,
  );
  expect(apart).toBeGreaterThan(APART);
});
