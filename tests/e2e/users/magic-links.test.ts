// Signing in by mail: link and code work once, only where they were asked for, and tell nobody
// which addresses have accounts.
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { openBrowser } from "../../kit/browser-session.ts";
import { dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { codeIn, lastOf, mailsTo, tokenIn, untilMails } from "../../kit/mailbox.ts";
import { graphqlUrl } from "../../kit/stack.ts";
import { aPerson } from "../../kit/stories.ts";
import { asked, byCode, byLink, otherThan, type Result, request } from "./magic-mails.ts";

const CROWD = 20;

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
