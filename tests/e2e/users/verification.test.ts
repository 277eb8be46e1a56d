// Confirming an address: by the link or the code of a real mail, once, and for one account alone.
// Until then a person reaches nobody.
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { untilRows } from "../../kit/database.ts";
import { CONFIRMATION, codeIn, mailsTo, tokenIn, untilMail } from "../../kit/mailbox.ts";
import { aNewcomer, anEvent, aPerson, type Person } from "../../kit/stories.ts";

interface Result {
  readonly __typename: string;
  readonly userId?: string;
  readonly isNewlyVerified?: boolean;
  readonly attemptsLeft?: number;
  readonly retryAfterMs?: number;
}

async function run(name: string, variables = {}, as?: string, router = 0): Promise<Result> {
  const options = { ...(as && { as }), router };
  const data = await dataOf<Record<string, Result>>(operation(name), variables, options);
  return Object.values(data)[0] as Result;
}

const byLink = (token: string, router = 0) =>
  run("VerifyEmail", { input: { token } }, undefined, router);
const byCode = (code: string, { token }: Person) =>
  run("VerifyEmailByCode", { input: { code } }, token);
const resend = ({ token }: Person) => run("ResendVerification", {}, token);

const OWNED = "You have an account already";
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

/** One more account that claims an address. */
async function claim(email: string): Promise<Person> {
  const input = { email, password: "correct horse battery staple", displayName: "Mallory" };
  const { signUp } = await dataOf<{
    signUp: { accessToken: string; refreshToken: string; viewer: { id: string } };
  }>(operation("SignUp"), { input });
  const { accessToken: token, refreshToken, viewer } = signUp;
  return { ...input, id: viewer.id, token, refreshToken };
}

async function isVerified({ token }: Person): Promise<unknown> {
  const { me } = await dataOf<{ me: object }>(operation("MyAddress"), {}, { as: token });
  return me;
}

describe("an address", () => {
  test("is confirmed by a link, signed out, and tokens that are out may do more at once", async () => {
    const [ada, organizer] = [await aNewcomer("Ada"), await aPerson("Olga")];
    const input = { eventId: await anEvent(organizer.token) };
    const register = () => run("RegisterForEvent", { input }, ada.token);
    expect(await register()).toMatchObject({ __typename: "EmailNotVerifiedProblem" });
    expect(await isVerified(ada)).toMatchObject({ email: ada.email, isEmailVerified: false });
    const token = tokenIn(await untilMail(ada.email, CONFIRMATION));
    const first = { __typename: "VerifyEmailSuccess", userId: ada.id, isNewlyVerified: true };
    expect(await byLink(token)).toEqual(first);
    expect(await register()).toMatchObject({ __typename: "RegisterForEventSuccess" });
    expect(await isVerified(ada)).toMatchObject({ isEmailVerified: true });
    expect(await byLink(token)).toEqual({ ...first, isNewlyVerified: false });
  });

  test("is confirmed by a code, with spaces too, which allows five guesses", async () => {
    const [ada, grace] = [await aNewcomer("Ada"), await aNewcomer("Grace")];
    const code = codeIn(await untilMail(ada.email, CONFIRMATION));
    expect(await byCode(otherThan(code), ada)).toMatchObject({
      __typename: "WrongVerificationCodeProblem",
      attemptsLeft: 4,
    });
    const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
    expect(await byCode(spaced, ada)).toMatchObject({ isNewlyVerified: true });
    expect(await byCode(code, ada)).toMatchObject({ isNewlyVerified: false });
    const other = codeIn(await untilMail(grace.email, CONFIRMATION));
    for (let at = 0; at < 5; at += 1) await byCode(otherThan(other), grace);
    expect(await byCode(other, grace)).toMatchObject({ __typename: "InvalidVerificationProblem" });
  });

  test("is confirmed once by one link, however often it is clicked at once", async () => {
    const ada = await aNewcomer("Ada");
    const token = tokenIn(await untilMail(ada.email, CONFIRMATION));
    const clicks = Array.from({ length: 20 }, (_, at) => byLink(token, at % 2));
    const results = (await Promise.all(clicks)).map(({ isNewlyVerified }) => isNewlyVerified);
    expect(results.toSorted()).toEqual([...Array(19).fill(false), true]);
  });

  test("belongs to the first account that confirms it; the others learn that", async () => {
    const ada = await aNewcomer("Ada");
    const token = tokenIn(await untilMail(ada.email, CONFIRMATION));
    const mallory = await claim(ada.email);
    const later = tokenIn(await untilMail(ada.email, CONFIRMATION, 2));
    expect(await byLink(token)).toMatchObject({ isNewlyVerified: true });
    expect(await byLink(later)).toMatchObject({ __typename: "EmailOwnedProblem" });
    expect(await byLink(later)).toMatchObject({ __typename: "EmailOwnedProblem" });
    expect(await isVerified(mallory)).toMatchObject({ isEmailVerified: false });
  });

  test("that has an owner gets a mail that says so, and can confirm nothing", async () => {
    const ada = await aPerson("Ada");
    const mallory = await claim(ada.email);
    const mail = await untilMail(ada.email, OWNED);
    expect(`${mail.text}${mail.html}`).not.toMatch(/token=|^\d{6}$|Mallory/m);
    expect((await resend(mallory)).__typename).toBe("VerificationLimitedProblem");
  });

  test("gets five such mails an hour, whoever asks for them", async () => {
    const email = `${randomUUID()}@meetinity.test`;
    const people = await Promise.all(Array.from({ length: 8 }, () => claim(email)));
    const keys = people.map(({ id }) => id);
    const waiting =
      "select from job join one_time on one_time.id::text = job.key " +
      "where kind = 'mail' and state = 'WAITING' and one_time.person_id = any($1::uuid[])";
    await untilRows("users", waiting.replace("where kind", "where job.kind"), [keys], 0);
    expect(await mailsTo(email)).toHaveLength(5);
  });
});

test("codes of one address are guessed ten times, however many accounts claim it", async () => {
  const email = `${randomUUID()}@meetinity.test`;
  const people = await Promise.all([claim(email), claim(email), claim(email)]);
  const results: string[] = [];
  for (const person of people) {
    for (let at = 0; at < 4; at += 1) results.push((await byCode("000000", person)).__typename);
  }
  const wrong = Array(10).fill("WrongVerificationCodeProblem");
  expect(results.slice(0, 10)).toEqual(wrong);
  expect(results.slice(10)).toContain("TooManyAttemptsProblem");
});

test("a mail comes again, but not within a minute", async () => {
  const ada = await aNewcomer("Ada");
  const limited = await resend(ada);
  expect(limited.__typename).toBe("VerificationLimitedProblem");
  expect(limited.retryAfterMs).toBeGreaterThan(30_000);
  expect(limited.retryAfterMs).toBeLessThanOrEqual(60_000);
  const verified = await aPerson("Grace");
  expect(await resend(verified)).toMatchObject({ __typename: "EmailVerifiedProblem" });
});

test("a made-up token confirms nothing", async () => {
  expect(await byLink("x".repeat(43))).toMatchObject({ __typename: "InvalidVerificationProblem" });
});
