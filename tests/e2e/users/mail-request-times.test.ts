// Asking for a mail takes as long for an unknown address as for one with an account, as a
// distribution. A way that looks the address up first would be noticed.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "../../../kit/data/database.ts";
import { requestMagicLink } from "../../../subgraphs/users/accounts/magic-links/actions.ts";
import { issueOnce } from "../../../subgraphs/users/accounts/once.ts";
import { requestPasswordReset } from "../../../subgraphs/users/accounts/passwords/actions.ts";
import { passwordReset } from "../../../subgraphs/users/accounts/passwords/mails.ts";
import { findAddressee } from "../../../subgraphs/users/accounts/passwords/store.ts";
import { writeTo } from "../../../subgraphs/users/mailing.ts";
import { APART, distance, distanceOfUnequal, timesInPairs } from "../../kit/told-apart.ts";
import { openUsers, type Users } from "./harness.ts";

const ROUNDS = 100;

let users: Users;
let email: string;
beforeAll(async () => {
  users = await openUsers();
  ({ email } = await users.join("Ada"));
});
afterAll(() => users.close());

const known = (request: Request) => () => request(email);
const unknown = (request: Request) => () => request(`${randomUUID()}@meetinity.test`);

type Request = (address: string) => Promise<unknown>;

async function distanceOf(request: Request): Promise<number> {
  return distance(await timesInPairs(known(request), unknown(request), { rounds: ROUNDS }));
}

test("a link to choose a password", async () => {
  expect(
    await distanceOf((address) => requestPasswordReset(users.context(), address)),
  ).toBeLessThan(APART);
});

test("a link to sign in", async () => {
  expect(
    await distanceOf((address) => requestMagicLink(users.context(), { email: address })),
  ).toBeLessThan(APART);
});

/** The work that the worker does instead. */
async function askNaively(address: string): Promise<void> {
  const context = users.context();
  await inTransaction(users.database, async (tx) => {
    const personId = await findAddressee(tx, address);
    if (personId === null) return;
    const { id: key, token } = await issueOnce(tx, context, { kind: "password.reset", personId });
    await writeTo(tx, context, passwordReset, { personId, params: { token }, key });
  });
}

test("a way that looks the address up is told apart", async () => {
  const options = { rounds: ROUNDS };
  const apart = await distanceOfUnequal(known(askNaively), unknown(askNaively), options);
  expect(apart).toBeGreaterThan(APART);
});
