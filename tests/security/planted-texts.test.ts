// Texts that people write to each other are in no log, also where they are refused. They carry a
// canary, for which all logs of the run are searched at its end, too.
import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { operation } from "../../schema/operations.ts";
import { aGroup, aMessage } from "../e2e/messaging/harness.ts";
import { ask } from "../kit/client.ts";
import { CANARY } from "../kit/leaks.ts";
import { connect } from "../kit/socket.ts";
import { aPerson, eventInput, type Person } from "../kit/stories.ts";
import { watchLogs } from "./logs.ts";

const TEXT = `${CANARY} only for you`;

let ada: Person;
let conversationId: string;
let messageId: string;
beforeAll(async () => {
  ada = await aPerson("Ada");
  conversationId = await aGroup(ada, []);
  messageId = (await aMessage(ada, conversationId, TEXT)).id;
});

/** Each takes a text of a person. */
const WRITES: Readonly<Record<string, (text: unknown) => Readonly<Record<string, unknown>>>> = {
  SendMessage: (body) => ({ input: { conversationId, clientMessageId: randomUUID(), body } }),
  EditMessage: (body) => ({ input: { messageId, body } }),
  CreateGroupConversation: (title) => ({ input: { title, memberIds: [] } }),
  UpdateProfile: (bio) => ({ input: { bio } }),
  CreateEvent: (description) => ({ input: { ...eventInput(), description } }),
  SearchUsers: (search) => ({ search }),
  SignUp: (displayName) => ({
    input: { displayName, email: `${randomUUID()}@meetinity.test`, password: "short" },
  }),
};

/** How a text may be wrong. */
const TEXTS: Readonly<Record<string, unknown>> = {
  "as it is": TEXT,
  "with a NUL": `${TEXT}\0`,
  "with half a character": `${TEXT}\ud800`,
  "too long": TEXT.repeat(800),
  "in a list": [TEXT, TEXT],
  "in an object": { [CANARY]: TEXT },
};

test.each(Object.keys(WRITES))("a text in %s, right or wrong, is in no log", async (name) => {
  const logs = await watchLogs();
  const variablesWith = WRITES[name];
  const socket = await connect({ as: ada.token });
  for (const text of Object.values(TEXTS)) {
    const variables = variablesWith?.(text) ?? {};
    await ask(operation(name), variables, { as: ada.token });
    await socket.next(socket.subscribe(operation(name), variables));
  }
  socket.close();
  const lines = await logs.since();
  expect(lines.filter(({ text }) => text.includes(CANARY))).toEqual([]);
  // The control: the operations themselves are in it.
  expect(lines.filter(({ text }) => text.includes(name)).length).toBeGreaterThan(0);
});

test("a text in a document itself is in no log", async () => {
  const logs = await watchLogs();
  const body = JSON.stringify(TEXT);
  for (const query of [
    `{ users(search: ${body}) { edges { cursor } } }`,
    `{ users(search: ${body} { edges`,
    `{ users(find: ${body}) { edges { cursor } } }`,
    `{ me { id } } # ${CANARY}`,
  ]) {
    await ask(query, {}, { as: ada.token });
  }
  const lines = await logs.since();
  expect(lines.filter(({ text }) => text.includes(CANARY))).toEqual([]);
});
