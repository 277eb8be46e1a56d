// Links and codes of one account that are used at the same moment wait for each other, and never
// end in a deadlock. Each test holds a lock until both wait, so that the order of locks decides.
import type { Client } from "pg";
import { expect, test, vi } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { CONFIRMATION, codeIn, lastOf, tokenIn, untilMail, untilMails } from "../../kit/mailbox.ts";
import { aNewcomer, aPerson, type Person } from "../../kit/stories.ts";
import { addressOf, CONFIRM, change, confirm, newAddress, run } from "./addresses.ts";
import { asked, byLink } from "./magic-mails.ts";

const STANDING = "select from person where id = $1 for update";
const ADDRESS = "select from credential where user_id = $1 for update";

/** The sessions that wait for this one, or for one that waits for it. */
const WAITING = `with recursive waiting as (
    select pid from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))
    union select other.pid from pg_stat_activity as other
      join waiting on waiting.pid = any(pg_blocking_pids(other.pid))
  ) select from waiting`;

async function untilWaiting(client: Client, count: number): Promise<void> {
  const check = async () => expect((await client.query(WAITING)).rowCount).toBe(count);
  await vi.waitFor(check, { timeout: 8_000, interval: 20 });
}

type Request = () => Promise<{ readonly __typename: string }>;

/** Sends two requests while a lock is held for which both must wait, and returns their answers. */
async function both(lock: string, { id }: Person, first: Request, second: Request) {
  const asking = await withDatabase("users", async (client) => {
    await client.query("begin");
    await client.query(lock, [id]);
    const one = first();
    await untilWaiting(client, 1);
    const other = second();
    await untilWaiting(client, 2);
    await client.query("commit");
    return [one, other];
  });
  return (await Promise.all(asking)).map(({ __typename }) => __typename);
}

async function changing(ada: Person) {
  const to = newAddress();
  await change(ada, to);
  const mail = await untilMail(to, CONFIRM);
  return { to, token: tokenIn(mail), code: codeIn(mail) };
}

test("the link and the code of a change of address are both answered", async () => {
  const ada = await aPerson("Ada");
  const { to, token, code } = await changing(ada);
  const byCode = () => run("VerifyEmailByCode", { code }, ada.token, 1);
  expect(await both(STANDING, ada, () => confirm(token), byCode)).toEqual([
    "VerifyEmailSuccess",
    "VerifyEmailByCodeSuccess",
  ]);
  expect(await addressOf(ada)).toBe(to);
});

test("the link of a change of address and one that it has replaced are both answered", async () => {
  const ada = await aPerson("Ada");
  const { token: replaced } = await changing(ada);
  const { to, token } = await changing(ada);
  expect(
    await both(
      ADDRESS,
      ada,
      () => confirm(token),
      () => confirm(replaced, 1),
    ),
  ).toEqual(["VerifyEmailSuccess", "InvalidVerificationProblem"]);
  expect(await addressOf(ada)).toBe(to);
});

test("the link and the code of a new account are both answered", async () => {
  const ada = await aNewcomer("Ada");
  const mail = await untilMail(ada.email, CONFIRMATION);
  const byCode = () => run("VerifyEmailByCode", { code: codeIn(mail) }, ada.token, 1);
  const byToken = () => confirm(tokenIn(mail));
  expect(await both(STANDING, ada, byToken, byCode)).toEqual([
    "VerifyEmailSuccess",
    "VerifyEmailByCodeSuccess",
  ]);
});

test("a new password and a change of address are both answered", async () => {
  const ada = await aPerson("Ada");
  await dataOf(operation("RequestPasswordReset"), { input: { email: ada.email } });
  const token = tokenIn(lastOf(await untilMails(ada.email, 1)));
  const { token: change } = await changing(ada);
  const reset = () => run("ResetPassword", { token, password: "seven purple kettles" });
  // The change ends links to the former address, so one that comes behind it does not work.
  expect(await both(ADDRESS, ada, () => confirm(change, 1), reset)).toEqual([
    "VerifyEmailSuccess",
    "InvalidResetTokenProblem",
  ]);
});

test("a link that signs in and a change of address are both answered", async () => {
  const ada = await aPerson("Ada");
  const { token, attempt } = await asked(ada.email);
  const { token: change } = await changing(ada);
  const signIn = () => byLink(token, attempt);
  expect(await both(STANDING, ada, () => confirm(change, 1), signIn)).toEqual([
    "VerifyEmailSuccess",
    "InvalidMagicLinkProblem",
  ]);
});
