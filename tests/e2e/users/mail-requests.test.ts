// Mails that strangers ask for: the server does the same for every address, stores no secret,
// and one conditional statement is what makes each link and code work once.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inTransaction } from "../../../kit/data/database.ts";
import {
  requestMagicLink,
  signInWithMagicCode,
  signInWithMagicLink,
} from "../../../subgraphs/users/accounts/magic-links/actions.ts";
import { sendingMagicLinks } from "../../../subgraphs/users/accounts/magic-links/jobs.ts";
import {
  magicLinkContent,
  magicLinkRequest,
} from "../../../subgraphs/users/accounts/magic-links/requests.ts";
import { issueOnce, onceHash } from "../../../subgraphs/users/accounts/once.ts";
import { findToken } from "../../../subgraphs/users/accounts/one-time/store.ts";
import {
  requestPasswordReset,
  resetPassword,
} from "../../../subgraphs/users/accounts/passwords/actions.ts";
import { setPassword } from "../../../subgraphs/users/accounts/passwords/store.ts";
import { openRequest } from "../../../subgraphs/users/accounts/sealed-requests.ts";
import { passFirstFactor } from "../../../subgraphs/users/accounts/signing-in.ts";
import { openUsers, type Users } from "./harness.ts";

const CROWD = 20;
const NEW = "seven purple kettles";

let users: Users;
beforeAll(async () => {
  users = await openUsers();
});
afterAll(() => users.close());

const stranger = () => `${randomUUID()}@meetinity.test`;

interface StoredJob {
  readonly key: string;
  readonly payload: { readonly sealed: string; readonly wrapped: string };
}

/** Asks for a link, and does the worker's part. */
async function asked(email: string) {
  const { attempt } = await requestMagicLink(users.context(), { email });
  const [stored] = await users.sql<StoredJob>(
    "select key, payload from job where kind = $1 order by ordinal desc limit 1",
    [magicLinkRequest.name],
  );
  if (!stored) throw new Error("there is no job");
  const { database, sealing } = users.context();
  const work = sendingMagicLinks({ database, sealing, now: () => new Date() });
  const job = { id: "", attempt: 1, signal: new AbortController().signal, done: async () => {} };
  await work.run({ ...job, ...stored });
  const content = openRequest(magicLinkRequest, { sealing }, stored);
  return { attempt, ...magicLinkContent.parse(content) };
}

async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  users.statements();
  await work();
  return users.statements();
}

describe("a known and an unknown address", () => {
  test.each([
    [
      "a link to choose a password",
      (email: string) => requestPasswordReset(users.context(), email),
    ],
    ["a link to sign in", (email: string) => requestMagicLink(users.context(), { email })],
  ])("take the same statements for %s", async (_what, request) => {
    const { email } = await users.join("Ada");
    const known = await statementsOf(() => request(email));
    expect(known.length).toBeGreaterThan(0);
    expect(await statementsOf(() => request(stranger()))).toEqual(known);
  });

  test("take the same statements for a wrong code", async () => {
    const { email } = await users.join("Ada");
    const guess = (attempt: string, code: string) =>
      statementsOf(() => signInWithMagicCode(users.context(), { attempt, code }));
    const ours = await asked(email);
    const theirs = await asked(stranger());
    const known = await guess(ours.attempt, ours.code === "000000" ? "000001" : "000000");
    expect(known.length).toBeGreaterThan(0);
    // Even with the right code: an unknown address has one as well.
    expect(await guess(theirs.attempt, theirs.code)).toEqual(known);
  });
});

test("no row holds an address, a token, a code or an attempt that was asked for", async () => {
  const { email } = await users.join("Ada");
  await requestPasswordReset(users.context(), email);
  const { attempt, token, code } = await asked(email);
  const rows = await users.sql("select to_jsonb(job) as row from job");
  const links = await users.sql("select to_jsonb(one_time) as row from one_time");
  const stored = JSON.stringify([rows, links]);
  expect(stored).toContain(magicLinkRequest.name);
  const secrets = [email, token, attempt, `"${code}"`];
  const forms = secrets.flatMap((each) => [each, Buffer.from(each).toString("hex")]);
  for (const each of forms) expect(stored).not.toContain(each);
});

test("a link that was asked for while no worker ran is not sent when it is too late", async () => {
  const { email } = await users.join("Ada");
  const earlier = new Date(Date.now() - 11 * 60_000);
  await requestMagicLink(users.context(undefined, earlier), { email });
  const before = await users.sql("select from job where kind = 'mail'");
  const [stored] = await users.sql<StoredJob>(
    "select key, payload from job where kind = $1 order by ordinal desc limit 1",
    [magicLinkRequest.name],
  );
  const { database, sealing } = users.context();
  const job = { id: "", attempt: 1, signal: new AbortController().signal, done: async () => {} };
  await sendingMagicLinks({ database, sealing, now: () => new Date() }).run({
    ...job,
    ...(stored as StoredJob),
  });
  expect(await users.sql("select from job where kind = 'mail'")).toHaveLength(before.length);
});

/** The guard taken off: all look first, and then all act. */
async function naively(
  look: () => Promise<string | null | undefined>,
  act: (personId: string) => Promise<unknown>,
): Promise<number> {
  const found = await Promise.all(Array.from({ length: CROWD }, look));
  const acts = found.flatMap((personId) => (personId ? [act(personId)] : []));
  return (await Promise.all(acts)).length;
}

const begin = (personId: string) =>
  inTransaction(users.database, (tx) => passFirstFactor(tx, users.context(), personId));

async function personOf(column: string, hash: Uint8Array): Promise<string | undefined> {
  const [row] = await users.sql<{ id: string }>(
    `select person_id as id from one_time where ${column} = $1 and used_at is null`,
    [hash],
  );
  return row?.id;
}

describe("without the guard, as many at once succeed as try:", () => {
  test("with a link to sign in", async () => {
    const { email } = await users.join("Ada");
    const { token, attempt } = await asked(email);
    expect(await naively(() => personOf("token_hash", onceHash(token)), begin)).toBe(CROWD);
    const outcome = await signInWithMagicLink(users.context(), { token, attempt });
    expect(outcome.kind).toBe("signedIn");
  });

  test("with a code", async () => {
    const { email } = await users.join("Ada");
    const { attempt } = await asked(email);
    expect(await naively(() => personOf("attempt_hash", onceHash(attempt)), begin)).toBe(CROWD);
  });

  test("with a link to choose a password", async () => {
    const { userId: personId } = await users.join("Ada");
    const { database } = users;
    const context = users.context();
    const { token } = await inTransaction(database, (tx) =>
      issueOnce(tx, context, { kind: "password.reset", personId }),
    );
    const look = { kind: "password.reset", tokenHash: onceHash(token) } as const;
    const count = await naively(
      async () => (await findToken(database, { ...look, now: new Date() }))?.personId,
      (id) => inTransaction(database, (tx) => setPassword(tx, id, null)),
    );
    expect(count).toBe(CROWD);
    const outcomes = await Promise.all(
      Array.from({ length: CROWD }, () => resetPassword(users.context(), { token, password: NEW })),
    );
    expect(outcomes.filter(({ kind }) => kind === "reset")).toHaveLength(1);
  });
});
