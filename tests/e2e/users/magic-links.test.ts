// Signing in by mail: link and code work once, only where they were asked for, and tell nobody
// which addresses have accounts.
import { randomUUID } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { openBrowser } from "../../kit/browser-session.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { codeIn, lastOf, mailsTo, tokenIn, untilMails } from "../../kit/mailbox.ts";
import { graphqlUrl } from "../../kit/stack.ts";
import { aPerson } from "../../kit/stories.ts";

const CROWD = 20;

interface Result {
  readonly __typename: string;
  readonly attempt?: string;
  readonly attemptsLeft?: number;
  readonly viewer?: { readonly id: string };
}

async function request(email: string, attempt?: string): Promise<Result> {
  const input = { email, ...(attempt && { attempt }) };
  const data = await dataOf<{ requestMagicLink: Result }>(operation("RequestMagicLink"), { input });
  return data.requestMagicLink;
}

/** What a person gets who asks for a link: the attempt here, the rest by mail. */
async function asked(email: string, { before = 0, attempt: earlier = "" } = {}) {
  const { attempt = "" } = await request(email, earlier);
  const mail = lastOf(await untilMails(email, before + 1));
  return { attempt, token: tokenIn(mail), code: codeIn(mail) };
}

async function byLink(token: string, attempt: string, router = 0): Promise<Result> {
  const variables = { input: { token, attempt } };
  const data = await dataOf<{ signInWithMagicLink: Result }>(
    operation("SignInWithMagicLink"),
    variables,
    { router },
  );
  return data.signInWithMagicLink;
}

async function byCode(code: string, attempt: string, router = 0): Promise<Result> {
  const variables = { input: { code, attempt } };
  const data = await dataOf<{ signInWithMagicCode: Result }>(
    operation("SignInWithMagicCode"),
    variables,
    { router },
  );
  return data.signInWithMagicCode;
}

/** Another code than this one. */
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

async function sessionsOf(userId: string): Promise<number> {
  const { rows } = await withDatabase("users", (client) =>
    client.query("select from session where user_id = $1", [userId]),
  );
  return rows.length;
}

const crowd = (tryOne: (router: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: CROWD }, (_, index) => tryOne(index % 2)));

const ONE_OF_THEM = [...Array(CROWD - 1).fill("InvalidMagicLinkProblem"), "SignInSuccess"];

describe("tried many times at once, at two replicas,", () => {
  test("a link begins one session", async () => {
    const ada = await aPerson("Ada");
    const { token, attempt } = await asked(ada.email);
    const results = await crowd((router) => byLink(token, attempt, router));
    expect(results.map(({ __typename }) => __typename).sort()).toEqual(ONE_OF_THEM);
    // The other one is of signing up.
    expect(await sessionsOf(ada.id)).toBe(2);
  });

  test("a code begins one session", async () => {
    const ada = await aPerson("Ada");
    const { code, attempt } = await asked(ada.email);
    const results = await crowd((router) => byCode(code, attempt, router));
    expect(results.map(({ __typename }) => __typename).sort()).toEqual(ONE_OF_THEM);
    expect(await sessionsOf(ada.id)).toBe(2);
  });

  test("wrong codes have five tries, and then the right one does not work either", async () => {
    const ada = await aPerson("Ada");
    const { code, attempt } = await asked(ada.email);
    const results = await crowd((router) => byCode(otherThan(code), attempt, router));
    const left = results.flatMap(({ attemptsLeft }) => attemptsLeft ?? []);
    expect(left.sort()).toEqual([0, 1, 2, 3, 4]);
    expect(await byCode(code, attempt)).toMatchObject({ __typename: "InvalidMagicLinkProblem" });
    expect(await sessionsOf(ada.id)).toBe(1);
  });
});

test("a link is worth nothing elsewhere, and goes on working where it was asked for", async () => {
  const ada = await aPerson("Ada");
  const { token, attempt } = await asked(ada.email);
  const stranger = await request(`${randomUUID()}@meetinity.test`);
  for (const other of ["", "x", stranger.attempt ?? "", attempt.slice(0, -1)]) {
    expect(await byLink(token, other)).toMatchObject({ __typename: "OtherBrowserProblem" });
  }
  expect(await byLink(token, attempt)).toMatchObject({
    __typename: "SignInSuccess",
    viewer: { id: ada.id },
  });
});

test("a code is worth nothing with another attempt", async () => {
  const ada = await aPerson("Ada");
  const { code, attempt } = await asked(ada.email);
  const stranger = await request(`${randomUUID()}@meetinity.test`);
  expect(await byCode(code, stranger.attempt ?? "")).toMatchObject({
    __typename: "WrongMagicCodeProblem",
    attemptsLeft: 4,
  });
  expect(await byCode(code, "x")).toMatchObject({ __typename: "InvalidMagicLinkProblem" });
  expect(await byCode(`${code.slice(0, 3)} ${code.slice(3)}`, attempt)).toMatchObject({
    __typename: "SignInSuccess",
  });
});

test("an unknown address gets the same answers, and no mail", async () => {
  const stranger = `${randomUUID()}@meetinity.test`;
  const ada = await aPerson("Ada");
  const unknown = await request(stranger);
  const known = await request(ada.email);
  const shape = (result: Result) => ({ ...result, attempt: result.attempt?.length });
  const { expiresAt: _a, ...one } = shape(unknown) as Record<string, unknown>;
  const { expiresAt: _b, ...two } = shape(known) as Record<string, unknown>;
  expect(one).toEqual(two);
  const [mail] = await untilMails(ada.email, 1);
  const wrong = otherThan(mail ? codeIn(mail) : "");
  for (const attemptsLeft of [4, 3, 2, 1, 0]) {
    const answer = { __typename: "WrongMagicCodeProblem", attemptsLeft };
    expect(await byCode(wrong, unknown.attempt ?? "")).toMatchObject(answer);
    expect(await byCode(wrong, known.attempt ?? "")).toMatchObject(answer);
  }
  for (const { attempt = "" } of [unknown, known]) {
    expect(await byCode(wrong, attempt)).toMatchObject({ __typename: "InvalidMagicLinkProblem" });
  }
  expect(await mailsTo(stranger)).toEqual([]);
});

test("asked again from the same place, each mail works, until one is used", async () => {
  const ada = await aPerson("Ada");
  const first = await asked(ada.email);
  const second = await asked(ada.email, { before: 1, attempt: first.attempt });
  expect(second.attempt).toBe(first.attempt);
  expect(await byCode(first.code, first.attempt)).toMatchObject({ __typename: "SignInSuccess" });
  expect(await byLink(second.token, second.attempt)).toMatchObject({
    __typename: "InvalidMagicLinkProblem",
  });
});

test("link and code are worth nothing after ten minutes", async () => {
  const ada = await aPerson("Ada");
  const { token, code, attempt } = await asked(ada.email);
  await withDatabase("users", (client) =>
    client.query(
      `update one_time set created_at = created_at - interval '10 minutes',
         expires_at = expires_at - interval '10 minutes' where person_id = $1`,
      [ada.id],
    ),
  );
  const invalid = { __typename: "InvalidMagicLinkProblem" };
  expect(await byLink(token, attempt)).toMatchObject(invalid);
  expect(await byCode(code, attempt)).toMatchObject(invalid);
});

test("a claimed address goes to whoever reads its mail, without its maker's password", async () => {
  const maker = await aPerson("Ada");
  await withDatabase("users", (client) =>
    client.query("update credential set verified_at = null where user_id = $1", [maker.id]),
  );
  const { token, attempt } = await asked(maker.email);
  expect(await byLink(token, attempt)).toMatchObject({
    __typename: "SignInSuccess",
    viewer: { id: maker.id },
  });
  const { email, password, refreshToken } = maker;
  const answers = await dataOf<Record<string, Result>>(
    `mutation ($a: SignInInput!) { signIn(input: $a) { __typename } }`,
    { a: { email, password } },
  );
  expect(answers.signIn?.__typename).toBe("InvalidCredentialsProblem");
  const refreshed = await dataOf<Record<string, Result>>(operation("RefreshSession"), {
    input: { refreshToken },
  });
  expect(refreshed.refreshSession?.__typename).toBe("InvalidRefreshTokenProblem");
  const mails = await untilMails(email, 2);
  expect(mails.at(-1)?.subject).toBe("Your address is confirmed");
});

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

test("in a browser, attempt and session are in cookies that no script sees", async () => {
  const ada = await aPerson("Ada");
  const browser = openBrowser(graphqlUrl());
  const sent = await browser.send({
    query: operation("RequestMagicLink"),
    variables: { input: { email: ada.email } },
  });
  expect(sent.data?.requestMagicLink).toMatchObject({ attempt: "" });
  const token = tokenIn(lastOf(await untilMails(ada.email, 1)));
  const query = operation("SignInWithMagicLink");
  const variables = { input: { token, attempt: "" } };
  const elsewhere = await openBrowser(graphqlUrl()).send({ query, variables });
  expect(elsewhere.data?.signInWithMagicLink).toMatchObject({ __typename: "OtherBrowserProblem" });
  const { data } = await browser.send({ query, variables });
  expect(data?.signInWithMagicLink).toMatchObject({
    __typename: "SignInSuccess",
    refreshToken: "",
  });
  expect(browser.cookie).not.toBeNull();
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
