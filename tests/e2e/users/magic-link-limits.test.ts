// Limits of signing in by mail: how many mails and codes there are, and how often one is guessed.
import { expect, test, vi } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { refusalOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { lastOf, mailsTo, tokenIn, untilMails } from "../../kit/mailbox.ts";
import { aPerson } from "../../kit/stories.ts";
import { asked, byCode, byLink, otherThan, request } from "./magic-mails.ts";

test("one guess is tried at three mails at most, all of one address", async () => {
  const [ada, grace] = [await aPerson("Ada"), await aPerson("Grace")];
  const first = await asked(ada.email);
  for (const before of [1, 2, 3]) await asked(ada.email, { before, attempt: first.attempt });
  expect(await byCode(otherThan(first.code), first.attempt)).toMatchObject({ attemptsLeft: 4 });
  const { rows } = await withDatabase("users", (client) =>
    client.query(
      `select attempts from one_time where person_id = $1 and attempt_hash is not null
       order by id`,
      [ada.id],
    ),
  );
  expect(rows.map(({ attempts }) => attempts)).toEqual([0, 1, 1, 1]);
  expect((await request(grace.email, first.attempt)).attempt).not.toBe(first.attempt);
});

test("strangers can have at most five such mails an hour sent to an address", async () => {
  const ada = await aPerson("Ada");
  for (let asking = 0; asking < 7; asking += 1) await request(ada.email);
  await vi.waitFor(
    () =>
      withDatabase("users", async (client) => {
        const { rows } = await client.query(
          "select from job where state = 'WAITING' and kind in ('mail', 'accounts.magic-link')",
        );
        expect(rows).toEqual([]);
      }),
    { timeout: 20_000 },
  );
  const mails = await mailsTo(ada.email);
  expect(mails.filter(({ subject }) => subject === "Sign in to Meetinity")).toHaveLength(5);
  // Codes that nobody can read are none that somebody can guess.
  const codes = "select from one_time where person_id = $1 and attempt_hash is not null";
  const { rows } = await withDatabase("users", (client) =>
    client.query(`${codes} and code_hash is not null`, [ada.id]),
  );
  expect(rows).toHaveLength(5);
});

test("after ten wrong codes a day, mails have a link and no code", async () => {
  const ada = await aPerson("Ada");
  for (const before of [0, 1]) {
    const { code, attempt } = await asked(ada.email, { before });
    for (let left = 5; left > 0; left -= 1) await byCode(otherThan(code), attempt);
  }
  const { attempt = "" } = await request(ada.email);
  const mail = lastOf(await untilMails(ada.email, 3));
  expect(mail.text).not.toMatch(/^\d{6}$/m);
  expect(await byLink(tokenIn(mail), attempt)).toMatchObject({ __typename: "SignInSuccess" });
});

test("a code that is none is bad input, and costs no try", async () => {
  const ada = await aPerson("Ada");
  const { code, attempt } = await asked(ada.email);
  for (const typed of ["12345", "1234567", "12345a"]) {
    const input = { code: typed, attempt };
    expect(await refusalOf(operation("SignInWithMagicCode"), { input })).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.code",
      received: null,
    });
  }
  expect(await byCode(otherThan(code), attempt)).toMatchObject({ attemptsLeft: 4 });
});
