// Cursors and ids that were never issued: forged, of another connection, huge, with bytes that no
// database accepts, and ids of another kind. Each is refused with its field or finds nothing; none
// causes a bug or shows hidden data.
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { operation } from "../../schema/operations.ts";
import { ask, dataOf, type GraphQLAnswer } from "../kit/client.ts";
import { connect } from "../kit/socket.ts";
import { type Cast, gatherCast } from "./fuzz/cast.ts";

let cast: Cast;
let eventId = "";
let conversationId = "";
let messageId = "";
beforeAll(async () => {
  cast = await gatherCast();
  [, , , eventId = "", , , conversationId = "", , messageId = ""] = cast.ids;
});

const PAGE = "edges { cursor }";

/** Every connection of the graph, and the form of its cursor. */
const CONNECTIONS: Readonly<Record<string, string>> = {
  "users.after": `users(first: 2, after: $c) { ${PAGE} }`,
  "events.after": `events(first: 2, after: $c) { ${PAGE} }`,
  "notifications.after": `notifications(first: 2, after: $c) { ${PAGE} }`,
  "matches.after": `matches(first: 2, after: $c) { ${PAGE} }`,
  "matchSuggestions.after": `matchSuggestions(first: 2, after: $c) { ${PAGE} }`,
  "conversations.after": `conversations(first: 2, after: $c) { ${PAGE} }`,
  "messageRequests.after": `messageRequests(first: 2, after: $c) { ${PAGE} }`,
  "followedThreads.after": `followedThreads(first: 2, after: $c) { ${PAGE} }`,
  "User.registrations.after": `me { registrations(first: 2, after: $c) { ${PAGE} } }`,
  "User.blockedUsers.after": `me { blockedUsers(first: 2, after: $c) { ${PAGE} } }`,
  "Event.attendees.after": `event(id: $e) { attendees(first: 2, after: $c) { ${PAGE} } }`,
  "Conversation.members.after": `conversation(id: $d) { members(first: 2, after: $c) { ${PAGE} } }`,
  "Conversation.messages.after": `conversation(id: $d) { messages(first: 2, after: $c) { ${PAGE} } }`,
  "Conversation.messages.before": `conversation(id: $d) { messages(last: 2, before: $c) { ${PAGE} } }`,
  "Message.edits.after": `message(id: $m) { edits(first: 2, after: $c) { ${PAGE} } }`,
  "Conversation.pinnedMessages.after": `conversation(id: $d) { pinnedMessages(first: 2, after: $c) { ${PAGE} } }`,
};

const askPage = (page: string, cursor: string) => {
  const used = ["e", "d", "m"].filter((name) => page.includes(`$${name}`));
  const head = ["$c: String", ...used.map((name) => `$${name}: ID!`)].join(", ");
  const variables = {
    c: cursor,
    ...(used.includes("e") && { e: eventId }),
    ...(used.includes("d") && { d: conversationId }),
    ...(used.includes("m") && { m: messageId }),
  };
  return ask(`query(${head}) { ${page} }`, variables, { as: cast.tokens.ada });
};

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const id = randomUUID();

/** None of these is a position of any connection. */
const FORGED: Readonly<Record<string, string>> = {
  nothing: "",
  "no base64": "!!!",
  "base64 of no JSON": Buffer.from("{").toString("base64url"),
  null: encoded(null),
  true: encoded(true),
  "an object": encoded({}),
  "an empty list": encoded([]),
  "a prototype": Buffer.from(`{"__proto__":{"limit":1000000}}`).toString("base64url"),
  "a negative place": encoded(-1),
  "a place that is no integer": encoded(1.5),
  "a place beyond integers": encoded(2 ** 40),
  "a place without end": Buffer.from("1e999").toString("base64url"),
  "SQL for an id": encoded("' or 1=1 --"),
  "SQL in a pair": encoded(["2026-01-01T00:00:00.000Z'; --", id]),
  "a NUL": "\0",
  "a NUL inside": encoded(["a\0b", id]),
  "NULs for an id": encoded(["a", "\0".repeat(36)]),
  "a time before time": encoded(["0000-01-01T00:00:00.000Z", id]),
  "a time of 275,760": encoded([8_640_000_000_000_000, id]),
  "a time before Christ": encoded([-8_640_000_000_000_000, id]),
  "a time that is null": encoded([null, id]),
  "a pair that is too long": encoded(["a", id, id]),
  "a key of 5,000 characters": encoded(["x".repeat(5_000), id]),
  "20,000 characters": "x".repeat(20_000),
  "2,000 levels": Buffer.from(`${"[".repeat(2_000)}${"]".repeat(2_000)}`).toString("base64url"),
};

/** People are listed by name, and these cursors may fit a person of that name. */
const NAMES = { "SQL in a pair": "", "a time before time": "" };

/** The answers to each cursor at a connection. All are sent at once. */
async function verdicts<Verdict>(
  page: string,
  cursors: Readonly<Record<string, string>>,
  verdictOf: (answer: GraphQLAnswer) => Verdict,
): Promise<Record<string, Verdict>> {
  const entries = Object.entries(cursors).map(
    async ([what, cursor]) => [what, verdictOf(await askPage(page, cursor))] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

const each = <Verdict>(of: object, verdict: Verdict) =>
  Object.fromEntries(Object.keys(of).map((key) => [key, verdict]));

test.each(Object.entries(CONNECTIONS))(
  "%s refuses every forged cursor, and names the field",
  async (name, page) => {
    const outcomes = await verdicts(page, FORGED, ({ errors = [] }) =>
      errors.map(({ extensions: { code, field } }) => `${code} ${field}`).join(),
    );
    const refused = each(FORGED, `BAD_USER_INPUT ${name.split(".").at(-1)}`);
    expect(outcomes).toEqual({ ...refused, ...(name === "users.after" && NAMES) });
  },
);

const FITTING: Readonly<Record<string, string>> = {
  "of a time to come": encoded(["9999-12-31T23:59:59.999Z", id]),
  "of the last place": encoded(2 ** 31 - 1),
  "of an unknown id": encoded(id),
  "of an unknown list": encoded([id, 0]),
  "of half a character": encoded(["\ud800", id]),
};

test.each(Object.entries(CONNECTIONS))(
  "a well-formed cursor that was never issued shows nothing at %s, or gets an error",
  async (_name, page) => {
    // The cursor is of another connection, its list has expired, or there is a page.
    const known = ["", "BAD_USER_INPUT", "RESYNC_REQUIRED"];
    const outcomes = await verdicts(
      page,
      FITTING,
      ({ status, errors = [] }) =>
        status === 200 && known.includes(errors.map(({ extensions }) => extensions.code).join()),
    );
    expect(outcomes).toEqual(each(FITTING, true));
  },
);

describe("an id of another kind, or an invalid one, finds nothing:", () => {
  const READS: Readonly<Record<string, string>> = {
    user: "query($id: ID!) { user(id: $id) { id } }",
    event: "query($id: ID!) { event(id: $id) { id } }",
    conversation: "query($id: ID!) { conversation(id: $id) { id } }",
  };
  const STRANGE = [
    "",
    " ",
    "0",
    "-1",
    "null",
    "__proto__",
    "constructor",
    "\0",
    "\ud800",
    "x".repeat(10_000),
    "' or 1=1 --",
    "../..",
    `${id} `,
    `{${id}}`,
    id,
  ];

  test.each(Object.entries(READS))("%s by an invalid id", async (name, query) => {
    const as = { as: cast.tokens.ada };
    const entries = STRANGE.map(async (strange) => {
      const { status, data, errors = [] } = await ask(query, { id: strange }, as);
      expect([status, data]).toEqual([200, { [name]: null }]);
      return errors.map(({ extensions: { code, field } }) => `${code} ${field}`).join();
    });
    const noText = ["\0", "\ud800"];
    const outcomes = STRANGE.map((strange) =>
      noText.includes(strange) ? "BAD_USER_INPUT id" : "",
    );
    expect(await Promise.all(entries)).toEqual(outcomes);
  });

  test.each(Object.keys(READS))("%s by the id of each other kind", async (name) => {
    const own = { user: [0, 1, 2], event: [3, 4], conversation: [6, 7] }[name] ?? [];
    for (const [at, each] of cast.ids.entries()) {
      const data = await dataOf(READS[name] ?? "", { id: each }, { as: cast.tokens.ada });
      expect(data, `${at}`).toEqual({ [name]: own.includes(at) ? { id: each } : null });
    }
  });

  const WRITES: readonly (readonly [string, (id: string) => object])[] = [
    ["PublishEvent", (eventId) => ({ eventId })],
    ["RegisterForEvent", (eventId) => ({ eventId })],
    ["CancelRegistration", (registrationId) => ({ registrationId })],
    ["SendMessage", (conversationId) => ({ conversationId, clientMessageId: "x", body: "x" })],
    ["MarkRead", (conversationId) => ({ conversationId, seq: 1 })],
    ["MarkThreadRead", (messageId) => ({ messageId, seq: 1 })],
    ["FollowThread", (messageId) => ({ messageId })],
    ["MuteConversation", (conversationId) => ({ conversationId })],
    ["SaveDraft", (conversationId) => ({ conversationId, body: "x", expectedVersion: 0 })],
    ["ClearHistory", (conversationId) => ({ conversationId })],
    ["DeleteMessageForMe", (messageId) => ({ messageId })],
    ["AnswerMessageRequest", (conversationId) => ({ conversationId, answer: "ACCEPT" })],
    ["LeaveConversation", (conversationId) => ({ conversationId })],
    ["EditMessage", (messageId) => ({ messageId, body: "x" })],
    ["DeleteMessage", (messageId) => ({ messageId })],
    ["AddReaction", (messageId) => ({ messageId, emoji: "👍" })],
    ["PinMessage", (messageId) => ({ messageId })],
    ["BlockUser", (userId) => ({ userId })],
    ["AnswerSuggestion", (suggestionId) => ({ suggestionId, answer: "ACCEPT" })],
  ];

  test.each(WRITES)("%s, which says so", async (name, inputOf) => {
    for (const strange of [id, "0", "\ud800x", "__proto__", "' or 1=1 --"]) {
      const { errors = [] } = await ask(
        operation(name),
        { input: inputOf(strange) },
        { as: cast.tokens.ada },
      );
      expect(["NOT_FOUND", "BAD_USER_INPUT"], strange).toContain(errors[0]?.extensions.code);
    }
  });

  test.each([
    [
      "conversationEvents",
      "subscription($id: ID!) { conversationEvents(conversationId: $id) { seq } }",
    ],
    ["signals", "subscription($id: ID!) { signals(conversationId: $id) { createdAt } }"],
    ["registrationUpdated", "subscription($id: ID!) { registrationUpdated(eventId: $id) { seq } }"],
  ])("%s, which says so", async (_name, query) => {
    const socket = await connect({ as: cast.tokens.ada });
    for (const strange of [id, "0", "\0", "__proto__", "' or 1=1 --"]) {
      const frame = await socket.next(socket.subscribe(query, { id: strange }));
      expect(frame.type, strange).toBe("error");
      const [{ extensions }] = frame.payload as [{ extensions: { code: string } }];
      expect(["NOT_FOUND", "BAD_USER_INPUT"], strange).toContain(extensions.code);
    }
    socket.close();
  });
});
