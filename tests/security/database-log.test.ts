// PostgreSQL logs the values that violate a constraint: a taken e-mail address, a whole refused
// row. So no operation of people may violate one, also not many at once. The test has its own
// stack, so that the log has nothing else.
import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Stack, startStack } from "../../local/stack.ts";
import { operation } from "../../schema/operations.ts";
import { ask } from "../kit/client.ts";
import { CONFIRMATION, mailsTo, tokenIn, untilMail } from "../kit/mailbox.ts";
import { useStack } from "../kit/stack.ts";
import { anEvent, aPerson, eventInput, type Person } from "../kit/stories.ts";

const AT_ONCE = 8;
const EMAIL = "ada.private@meetinity.test";
const TEXT = "a private sentence";

let folder = "";
let stack: Stack;
let ada: Person;
let grace: Person;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "meetinity-database-log-"));
  stack = await startStack({ dataDir: folder, isDurable: false, env: { NODE_ENV: "test" } });
  useStack(stack);
  [ada, grace] = await Promise.all([aPerson("Ada"), aPerson("Grace")]);
});
afterAll(async () => {
  await stack?.stop();
  await rm(folder, { recursive: true, force: true });
});

const readLog = () => readFile(join(folder, "logs", "postgres.log"), "utf8");

/** The errors in a log, with their details. */
function errorsIn(log: string): string[] {
  return log.split("\n").filter((line) => /\b(?:ERROR|DETAIL|CONTEXT):/.test(line));
}

type Input = Readonly<Record<string, unknown>>;

/** Errors of a mistake in the test's input, which would provoke nothing. */
const NO_INPUT = /is not a field of|is required|must not be null|Unknown|Cannot query/;

/** Runs the same mutation many times at once, by the given people in turn. */
async function crowd(name: string, input: Input, ...people: readonly (Person | null)[]) {
  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, at) => {
      const as = people[at % people.length]?.token;
      return ask<Record<string, Input | null>>(operation(name), { input }, { as });
    }),
  );
  for (const { errors = [] } of answers) expect(JSON.stringify(errors)).not.toMatch(NO_INPUT);
  return answers.map(({ data }) => Object.values(data ?? {})[0] ?? {});
}

/** The id of the object that a mutation created. */
function idOf(outcome: Input | undefined, field: string): string {
  const made = outcome?.[field] as { readonly id: string } | undefined;
  if (!made) throw new Error(`no ${field} was made: ${JSON.stringify(outcome)}`);
  return made.id;
}

async function directOf(one: Person, other: Person): Promise<string> {
  const [opened] = await crowd("OpenDirectConversation", { userId: other.id }, one);
  return idOf(opened, "conversation");
}

/** Each of these would violate a unique index or a check without the checks before it. */
const PROVOCATIONS: Readonly<Record<string, () => Promise<unknown>>> = {
  "an address that many claim and confirm at once": async () => {
    const input = { email: EMAIL, password: "correct horse battery staple", displayName: "Ada" };
    const first = await crowd("SignUp", input, null);
    expect(first.map((each) => each.__typename)).toEqual(Array(AT_ONCE).fill("SignUpSuccess"));
    await crowd("SignUp", { ...input, email: EMAIL.toUpperCase() }, null);
    // All of them confirm it at once: one owns it.
    await untilMail(EMAIL, CONFIRMATION, 5);
    const tokens = (await mailsTo(EMAIL)).map(tokenIn);
    await Promise.all(tokens.map((token) => crowd("VerifyEmail", { token }, null)));
  },
  "one refresh token at once": () =>
    crowd("RefreshSession", { refreshToken: ada.refreshToken }, null),
  "a block at once": async () => {
    const other = await aPerson();
    await crowd("BlockUser", { userId: other.id }, ada);
    await crowd("UnblockUser", { userId: other.id }, ada);
  },
  "a direct conversation, opened from both sides at once": async () => {
    const [one, other] = await Promise.all([aPerson(), aPerson()]);
    await Promise.all([
      crowd("OpenDirectConversation", { userId: other.id }, one),
      crowd("OpenDirectConversation", { userId: one.id }, other),
    ]);
  },
  "a message, a reaction and a pin, each many times at once": async () => {
    const conversationId = await directOf(ada, grace);
    const message = { conversationId, clientMessageId: randomUUID(), body: TEXT };
    const [sent] = await crowd("SendMessage", message, ada);
    const messageId = idOf(sent, "message");
    await crowd("SendMessage", { ...message, body: `another ${TEXT}` }, ada);
    await crowd("AddReaction", { messageId, emoji: "👍" }, ada, grace);
    await crowd("PinMessage", { messageId }, ada, grace);
    await crowd("EditMessage", { messageId, body: `a changed ${TEXT}`, expectedVersion: 1 }, ada);
    await crowd("DeleteMessage", { messageId }, ada);
    await crowd("RemoveReaction", { messageId, emoji: "👍" }, ada, grace);
  },
  "a group with doubled members, and members added at once": async () => {
    const [group] = await crowd(
      "CreateGroupConversation",
      { title: TEXT, memberIds: [grace.id, grace.id, ada.id] },
      ada,
    );
    const conversationId = idOf(group, "conversation");
    const other = await aPerson();
    await crowd("AddMembers", { conversationId, userIds: [other.id, other.id] }, ada);
    await crowd("RemoveMember", { conversationId, userId: other.id }, ada);
  },
  "a registration with one key, and without any": async () => {
    const eventId = await anEvent(ada.token, { capacity: 1 });
    await crowd("RegisterForEvent", { eventId, idempotencyKey: TEXT }, grace);
    await crowd("RegisterForEvent", { eventId, idempotencyKey: TEXT, partySize: 2 }, grace);
    await crowd("RegisterForEvent", { eventId }, grace, ada);
  },
  "events that end before they begin, and have no seats": async () => {
    await crowd("CreateEvent", eventInput({ title: TEXT, durationMs: -1 }), ada);
    await crowd("CreateEvent", eventInput({ title: TEXT, capacity: 0 }), ada);
    await crowd("CreateEvent", eventInput({ title: TEXT, capacity: 2 ** 31 - 1 }), ada);
  },
  "profiles with more of everything than is stored, or of one twice": async () => {
    const many = Array.from({ length: 30 }, (_, at) => `${TEXT} ${at}`);
    await crowd("UpdateProfile", { skills: many }, ada);
    await crowd("UpdateProfile", { skills: [TEXT, TEXT, TEXT.toUpperCase()] }, ada);
    await crowd("UpdateProfile", { displayName: " " }, ada);
    await crowd("UpdateProfile", { displayName: `${TEXT}\0`, headline: "\ud800" }, ada);
  },
  "a role given at once": async () => {
    const client = new pg.Client({ connectionString: stack.urls.databases.users });
    await client.connect();
    await client.query("insert into role_grant values ($1, 'ADMIN', now())", [ada.id]);
    await client.end();
    const { data } = await ask<{ signIn: { accessToken: string } }>(operation("SignIn"), {
      input: { email: ada.email, password: ada.password },
    });
    const admin = { ...ada, token: data?.signIn.accessToken ?? "" };
    await crowd("GrantRole", { userId: grace.id, role: "MODERATOR" }, admin);
    await crowd("RevokeRole", { userId: grace.id, role: "MODERATOR" }, admin);
  },
  "addresses where ids belong": async () => {
    const requests = [
      "user(id: $id) { id }",
      "event(id: $id) { id }",
      "conversation(id: $id) { id }",
    ].map((field) => ask(`query ($id: ID!) { ${field} }`, { id: EMAIL }, { as: ada.token }));
    await Promise.all(requests);
    await crowd("OpenDirectConversation", { userId: EMAIL }, ada);
    await crowd("BlockUser", { userId: EMAIL }, ada);
    await crowd("RegisterForEvent", { eventId: EMAIL }, ada);
    await crowd("AddReaction", { messageId: EMAIL, emoji: "👍" }, ada);
    await crowd("AnswerSuggestion", { suggestionId: EMAIL, answer: "ACCEPT" }, ada);
    await crowd("AddMembers", { conversationId: EMAIL, userIds: [EMAIL] }, ada);
    await crowd("CancelRegistration", { registrationId: EMAIL }, ada);
  },
};

describe("PostgreSQL logs nothing of", () => {
  test.each(Object.keys(PROVOCATIONS))("%s", async (what) => {
    const { length } = await readLog();
    await PROVOCATIONS[what]?.();
    const log = (await readLog()).slice(length);
    expect(errorsIn(log)).toEqual([]);
    for (const secret of [EMAIL, TEXT]) expect(log.toLowerCase()).not.toContain(secret);
  });
});

test("a violated constraint would be in the log, with the address", async () => {
  const client = new pg.Client({ connectionString: stack.urls.databases.users });
  await client.connect();
  const other = "grace.private@meetinity.test";
  await client.query("update credential set email = $1 where user_id = $2", [other, grace.id]);
  const taking = client.query("update credential set email = $1 where user_id = $2", [
    other,
    ada.id,
  ]);
  await expect(taking).rejects.toThrow("credential_owner_key");
  await client.end();
  await expect
    .poll(async () => errorsIn(await readLog()))
    .toContainEqual(expect.stringContaining(`DETAIL:  Key (email)=(${other}) already exists.`));
});
