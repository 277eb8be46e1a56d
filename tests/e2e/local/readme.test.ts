// Runs the README on a stack with demo data: its first query, and its stories of Ada and Grace with
// the documents that it shows. Also checks the demo data, seeded through the router as by
// `npm start`.
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { conversations, matches } from "../../../local/seed/conversations.ts";
import { emailOf, people } from "../../../local/seed/people.ts";
import { seed } from "../../../local/seed/seed.ts";
import { untilConsumed } from "../../../local/seed/until-consumed.ts";
import { blocksOf } from "../../contract/markdown.ts";
import { projectFile } from "../../contract/project.ts";
import { dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { connect } from "../../kit/socket.ts";
import { graphqlUrl, stack } from "../../kit/stack.ts";
import { accessToken } from "../../kit/tokens.ts";

const readme = readFileSync(projectFile("README.md"), "utf8");

/** The GraphQL document of the README with an operation of this name. */
function documentOf(name: string): string {
  const blocks = blocksOf(readme).filter(({ language }) => language === "graphql");
  const block = blocks.find(({ text }) => new RegExp(`^\\w+ ${name}\\b`).test(text));
  if (!block) throw new Error(`the README has no operation ${name}`);
  return block.text;
}

const SIGN_IN = documentOf("SignIn");
const [, ada = ""] = /email: "(.+?)"/.exec(SIGN_IN) ?? [];
const grace = "grace@meetinity.test";

interface SignedIn {
  readonly signIn: { readonly accessToken: string };
}

/** Signs in with the README's own document. */
async function tokenOf(email: string): Promise<string> {
  const { signIn } = await dataOf<SignedIn>(SIGN_IN.replace(ada, email));
  return signIn.accessToken;
}

const seedDemo = () => seed({ graphqlUrl: graphqlUrl(), stack: stack() });

const ANSWERS_BEFORE_THE_CUT = 3;

/** The first seed breaks between the two answers of a match. The second one finishes it. */
beforeAll(async () => {
  const { fetch } = globalThis;
  let answers = 0;
  vi.stubGlobal("fetch", async (url: string, init: { readonly body: string }) => {
    if (init.body.includes("mutation AnswerSuggestion")) answers += 1;
    if (answers > ANSWERS_BEFORE_THE_CUT) throw new Error("cut off");
    return fetch(url, init);
  });
  await expect(seedDemo()).rejects.toThrow("cut off");
  vi.unstubAllGlobals();
  await seedDemo();
});

test("the first query of the README is answered", async () => {
  expect(readme).toContain(grace);
  const [, header = "", body = ""] = /curl \S+ -H '(.+?)' \\\n +-d '(.+?)'/.exec(readme) ?? [];
  const [name = "", value = ""] = header.split(": ");
  const response = await fetch(graphqlUrl(), { method: "POST", headers: { [name]: value }, body });
  const edge = { node: { title: expect.any(String), startsAt: expect.any(String) } };
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({ events: { edges: expect.arrayContaining([edge]) } });
});

test("Ada watches an event while Grace cancels her registration and registers again", async () => {
  const watching = await tokenOf(ada);
  const { events } = await dataOf<{ events: { edges: [{ node: { id: string } }] } }>(
    documentOf("FindEvent"),
    {},
    { as: watching },
  );
  expect(events.edges).toHaveLength(1);
  const eventId = events.edges[0].node.id;
  const socket = await connect({ as: watching });
  const stream = socket.subscribe(documentOf("RegistrationUpdated"), { eventId, after: 0 });
  let last = 0;
  const graceIsSeen = async (status: string) => {
    for (;;) {
      const { registrationUpdated } = await socket.event<Updated>(stream);
      const { seq, prevSeq, registration } = registrationUpdated;
      expect([prevSeq, seq]).toEqual([last, last + 1]);
      last = seq;
      if (registration.attendee.displayName !== "Grace Hopper") continue;
      return expect(registration.status).toBe(status);
    }
  };
  await graceIsSeen("CONFIRMED");

  const as = await tokenOf(grace);
  const refused = await dataOf<{ registerForEvent: { registration: { id: string } } }>(
    documentOf("Register"),
    { eventId },
    { as },
  );
  expect(refused.registerForEvent).toMatchObject({ __typename: "AlreadyRegisteredProblem" });
  const registrationId = refused.registerForEvent.registration.id;
  const givenUp = await dataOf(documentOf("GiveUp"), { registrationId }, { as });
  expect(givenUp).toMatchObject({
    cancelRegistration: { __typename: "CancelRegistrationSuccess" },
  });
  await graceIsSeen("CANCELLED");
  expect(await dataOf(documentOf("Register"), { eventId }, { as })).toMatchObject({
    registerForEvent: { __typename: "RegisterForEventSuccess" },
  });
  await graceIsSeen("CONFIRMED");
  socket.close();
});

interface Updated {
  readonly registrationUpdated: {
    readonly seq: number;
    readonly prevSeq: number;
    readonly registration: {
      readonly status: string;
      readonly attendee: { readonly displayName: string };
    };
  };
}

interface Conversations {
  readonly conversations: {
    readonly edges: readonly {
      readonly node: { readonly id: string; readonly title: string | null };
    }[];
  };
}

interface MessageEvent {
  readonly conversationEvents: {
    readonly __typename: string;
    readonly seq: number;
    readonly message: { readonly body: string };
  };
}

test("Ada reads a group and watches it while Grace repeats a send, which is stored once", async () => {
  const [, title = ""] = /the group `(.+?)`/.exec(readme) ?? [];
  const watching = await tokenOf(ada);
  const { conversations: found } = await dataOf<Conversations>(
    documentOf("FindConversation"),
    {},
    { as: watching },
  );
  const conversationId = found.edges.find(({ node }) => node.title === title)?.node.id;
  const socket = await connect({ as: watching });
  const variables = { conversationId, after: 0 };
  const stream = socket.subscribe(documentOf("ConversationEvents"), variables);
  const next = async () => (await socket.event<MessageEvent>(stream)).conversationEvents;
  const plan = conversations.find((each) => each.title === title);
  // People who were strangers have joined by an invitation before.
  let earliest = await next();
  while (earliest.__typename !== "MessageSent") earliest = await next();
  expect(earliest.message.body).toBe(plan?.messages[0]?.sentences.join(" "));

  const as = await tokenOf(grace);
  const say = (id: string) => dataOf(documentOf("Say"), { conversationId, id }, { as });
  const first = await say("hello-1");
  expect(first).toMatchObject({ sendMessage: { __typename: "SendMessageSuccess" } });
  expect(await say("hello-1")).toEqual(first);
  const after = await say("hello-2");
  const received = [];
  for (let event = await next(); ; event = await next()) {
    const isHers = event.__typename === "MessageSent" && event.message.body.startsWith("I land on");
    if (isHers) received.push(event);
    if (received.length === 2) break;
  }
  expect(received).toMatchObject([first, after].map((sent) => ({ message: bodyAndSender(sent) })));
  expect(received[1]?.seq).toBe((received[0]?.seq ?? 0) + 1);
  socket.close();
});

function bodyAndSender(result: unknown) {
  const { sendMessage } = result as { sendMessage: { message: { body: string } } };
  return { body: sendMessage.message.body, sender: { displayName: "Grace Hopper" } };
}

const rowsOf = (subgraph: string, question: string, ids: readonly string[]) =>
  withDatabase(subgraph, async (client) => (await client.query(question, [ids])).rows);

async function demoIds(): Promise<string[]> {
  const question = `select user_id as id from credential where email = any($1)`;
  const rows = await rowsOf("users", question, people.map(emailOf));
  return rows.map(({ id }) => id);
}

describe("the demo data", () => {
  test("exist once, although the first seed broke off", async () => {
    const ids = await demoIds();
    expect(ids).toHaveLength(people.length);
    const matched = await rowsOf("matching", "select from match where first_id = any($1)", ids);
    expect(matched).toHaveLength(matches.length);
    const opened = await rowsOf(
      "messaging",
      `select kind, (select count(*)::int from message where conversation_id = conversation.id
         and client_message_id like 'demo-%') as messages from conversation
       where id in (select conversation_id from member where user_id = any($1))`,
      ids,
    );
    const planned = [...conversations, ...matches].map(({ title, messages }) => ({
      kind: title === null ? "DIRECT" : "GROUP",
      messages: messages.length,
    }));
    const inOrder = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();
    expect(inOrder(opened)).toEqual(inOrder(planned));
  });

  test("wait a limited time for consumers, and the error names the consumer and the owner", async () => {
    const waiting = untilConsumed(stack().urls.databases, "events", ["users", "matching"], 200);
    await expect(waiting).rejects.toThrow("events has not applied all events of matching");
  });

  test("leave unread messages for Ada, Grace and Linus", async () => {
    for (const account of ["ada", "grace", "linus"]) {
      const query = "{ conversations(first: 50) { edges { node { unreadCount } } } }";
      const as = await tokenOf(emailOf({ account }));
      const { conversations: own } = await dataOf<{
        conversations: { edges: { node: { unreadCount: number } }[] };
      }>(query, {}, { as });
      const unread = own.edges.map(({ node }) => node.unreadCount);
      expect(Math.max(...unread)).toBeGreaterThan(0);
    }
  });

  test("leave open suggestions for everybody", async () => {
    const query = "{ matchSuggestions(first: 3) { edges { node { user { id } } } } }";
    for (const userId of await demoIds()) {
      const as = await accessToken({ userId });
      const { matchSuggestions } = await dataOf<{ matchSuggestions: { edges: unknown[] } }>(
        query,
        {},
        { as },
      );
      expect(matchSuggestions.edges.length, userId).toBe(3);
    }
  });
});
