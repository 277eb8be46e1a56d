// Every limit of the router at the running graph, over HTTP and WebSocket: the exact answer, in
// time, and nothing of the operation runs. router/policy tests how each limit counts.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "../kit/client.ts";
import { connect, type Frame, type Socket } from "../kit/socket.ts";
import { graphqlUrl, stack } from "../kit/stack.ts";
import { aPerson } from "../kit/stories.ts";

const ANSWERED_WITHIN_MS = 10_000;

let token = "";
let socket: Socket;
beforeAll(async () => {
  ({ token } = await aPerson());
  socket = await connect({ as: token });
});
afterAll(() => socket.close());

type Variables = Readonly<Record<string, unknown>>;
type Refusal = Readonly<Record<string, unknown>>;

/** The errors of a refused operation, which must be the same over both transports. */
async function refusal(query: string, variables: Variables = {}): Promise<Refusal[]> {
  const startedAt = performance.now();
  const { status, data, errors = [] } = await ask(query, variables, { as: token });
  const frame = await socket.next(socket.subscribe(query, variables));
  expect(performance.now() - startedAt).toBeLessThan(ANSWERED_WITHIN_MS);
  expect([status, data, frame.type]).toEqual([400, undefined, "error"]);
  const overSocket = frame.payload as typeof errors;
  expect(overSocket.map(factsOf)).toEqual(errors.map(factsOf));
  return errors.map(factsOf);
}

/** Without the trace id, which differs each time. */
function factsOf({ extensions: { traceId: _, ...facts } }: { readonly extensions: Refusal }) {
  return facts;
}

const tooComplex = (limit: string, received: number, most: number) => ({
  code: "OPERATION_TOO_COMPLEX",
  limit,
  received,
  most,
});

const times = (count: number, text: string) => text.repeat(count);
const aliases = (count: number, field: string) =>
  Array.from({ length: count }, (_, at) => `a${at}: ${field} `).join("");
const friends = (levels: number, inside: string) =>
  `${times(levels, "registrations { edges { node { attendee { ")}${inside}${times(levels, " } } } }")}`;
/** Each fragment spreads the next one twice. */
const doubling = (levels: number) =>
  Array.from({ length: levels }, (_, at) => {
    const next = at + 1 < levels ? `...F${at + 1} ...F${at + 1}` : "id";
    return `fragment F${at} on User { ${next} }`;
  }).join(" ");

const SIGN_IN = `signIn(input: { email: "ada@meetinity.test", password: "guess" }) { __typename }`;

describe("a document is refused:", () => {
  test.each<[string, string, Refusal]>([
    ["101 aliases", `{ ${aliases(101, "__typename")} }`, tooComplex("aliases", 101, 30)],
    [
      "101 aliases in fragments",
      `{ me { ...F ...F id } } fragment F on User { ${aliases(51, "id")} }`,
      tooComplex("aliases", 102, 30),
    ],
    ["21 root fields", `{ ${times(21, "__typename ")} }`, tooComplex("rootFields", 21, 20)],
    ["60 levels", `{ me { ${friends(15, "id")} } }`, tooComplex("depth", 62, 12)],
    [
      "60 levels by fragments",
      `{ me { ...A } } fragment A on User { ${friends(7, "...B")} } fragment B on User { ${friends(8, "id")} }`,
      tooComplex("depth", 62, 12),
    ],
    [
      "four lists in each other",
      `{ matchSuggestions { edges { node { sharedEvents { attendees { edges { node {
        registrations { edges { cursor } } } } } } } } } }`,
      tooComplex("listDepth", 4, 3),
    ],
    [
      "21 directives",
      `{ me { id ${times(21, "@include(if: true) ")} } }`,
      tooComplex("directives", 21, 20),
    ],
    [
      "fragments that double 24 times",
      `{ me { ...F0 } } ${doubling(25)}`,
      tooComplex("selections", 3 * 2 ** 24, 500),
    ],
    [
      "introspection in circles",
      "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
      tooComplex("listDepth", 4, 3),
    ],
    [
      "100 sign-ins at once",
      `mutation { ${aliases(100, SIGN_IN)} }`,
      tooComplex("aliases", 100, 30),
    ],
    [
      "two sign-ins at once",
      `mutation { ${aliases(2, SIGN_IN)} }`,
      tooComplex("credentialMutations", 2, 1),
    ],
    ["5,000 duplicate fields", `{ ${times(5_000, "me ")} }`, { code: "GRAPHQL_PARSE_FAILED" }],
    [
      "20,000 lists in each other",
      `{ user(id: ${times(20_000, "[")}${times(20_000, "]")}) { id } }`,
      tooComplex("nesting", 20_002, 100),
    ],
    [
      "20,000 lists that never end",
      `{ user(id: ${times(20_000, "[")}`,
      tooComplex("nesting", 20_002, 100),
    ],
    [
      "20,000 objects in each other",
      `{ user(id: ${times(20_000, "{a:")}`,
      tooComplex("nesting", 20_002, 100),
    ],
    ["20,000 parentheses", `{ user${times(20_000, "(")} }`, tooComplex("nesting", 20_001, 100)],
    ["20,000 selections", times(20_000, "{a"), tooComplex("nesting", 20_000, 100)],
    [
      "a type of 20,000 lists",
      `query ($a: ${times(20_000, "[")}Int${times(20_000, "]")}) { me { id } }`,
      tooComplex("nesting", 20_001, 100),
    ],
    [
      "a default of 20,000 lists",
      `query ($a: Int = ${times(20_000, "[")}) { me { id } }`,
      tooComplex("nesting", 20_002, 100),
    ],
    [
      "a directive of 20,000 lists",
      `{ me @skip(if: ${times(20_000, "[")}) { id } }`,
      tooComplex("nesting", 20_002, 100),
    ],
    [
      "fragments in a circle",
      "{ me { ...A } } fragment A on User { ...B } fragment B on User { ...A }",
      { code: "GRAPHQL_VALIDATION_FAILED" },
    ],
  ])("%s", async (_what, query, facts) => {
    expect(await refusal(query)).toEqual([facts]);
  });

  test("an unknown directive ten times, with at most five errors", async () => {
    const shown = await refusal(`{ me { id ${times(10, "@nothing ")} } }`);
    expect(shown).toEqual(Array(5).fill({ code: "GRAPHQL_VALIDATION_FAILED" }));
  });

  test("fields that all overlap with each other", async () => {
    const shallow = `{ ${times(200, "user(id: 1) { id } ")} }`;
    expect(await refusal(shallow)).toEqual([tooComplex("rootFields", 200, 20)]);
    const deep = `{ me { ${times(120, "registrations { edges { node { id } } } ")} } }`;
    expect(await refusal(deep)).toMatchObject([{ limit: "cost" }]);
  });

  test("variables with 20,000 levels", async () => {
    const query = "query($f: EventFilter) { events(filter: $f) { edges { cursor } } }";
    const deep = `{"search":${times(20_000, "[")}${times(20_000, "]")}}`;
    const payload = `{"query":${JSON.stringify(query)},"variables":{"f":${deep}}}`;
    const headers = { "content-type": "application/json" };
    const response = await fetch(graphqlUrl(), { method: "POST", headers, body: payload });
    const shown = [{ extensions: tooComplex("nesting", 20_002, 100) }];
    expect([response.status, await response.json()]).toMatchObject([400, { errors: shown }]);
    socket.send(`{"id":"deep","type":"subscribe","payload":${payload}}`);
    expect(await socket.next("deep")).toMatchObject({ type: "error", payload: shown });
  });
});

describe("a cost is refused:", () => {
  const EVENTS = (first: string, condition = "") => `events(first: 100) ${condition} {
    edges { node { attendees(first: ${first}) { edges { node { id } } } } } }`;

  test.each<[string, string, Variables?]>([
    ["by literals", `{ ${EVENTS("100")} }`],
    ["by a variable", `query($n: Int) { ${EVENTS("$n")} }`, { n: 100 }],
    ["by a variable's default", `query($n: Int = 100) { ${EVENTS("$n")} }`],
    ["under @include(if: false)", `{ ${EVENTS("100", "@include(if: false)")} }`],
    [
      "under @skip by a variable",
      `query($no: Boolean!) { ${EVENTS("100", "@skip(if: $no)")} }`,
      { no: true },
    ],
  ])("%s", async (_how, query, variables) => {
    expect(await refusal(query, variables)).toEqual([tooComplex("cost", 10_201, 2_000)]);
  });

  const PAGE = "{ edges { cursor } }";

  test.each<[string, string, number, Variables?]>([
    ["a huge page", `{ events(first: 1000000) ${PAGE} }`, 1_000_000],
    ["a negative page", `{ events(first: -1) ${PAGE} }`, -1],
    ["a page by a variable", `query($n: Int) { events(first: $n) ${PAGE} }`, 101, { n: 101 }],
    ["a page by a default", `query($n: Int = -5) { events(first: $n) ${PAGE} }`, -5],
    ["a page left out", `{ events(first: 101) @include(if: false) ${PAGE} }`, 101],
  ])("%s", async (_what, query, received, variables) => {
    expect(await refusal(query, variables)).toMatchObject([
      { code: "BAD_USER_INPUT", limit: "pageItems", field: "first", received },
    ]);
  });

  test("of a subscription, before it is opened", async () => {
    const registrations = "registrations(first: 100) { edges { node { id } } }";
    const attendees = `attendees(first: 100) { edges { node { ${registrations} } } }`;
    const query = `subscription { viewerRegistrationUpdated { event { ${attendees} } } }`;
    const frame = await socket.next(socket.subscribe(query));
    expect([frame.type, frame.payload]).toMatchObject([
      "error",
      [{ extensions: { code: "OPERATION_TOO_COMPLEX", limit: "cost" } }],
    ]);
  });
});

describe("the cost of an operation is returned on request", () => {
  const QUERY = "{ me { id registrations(first: 7) { edges { node { id } } } } }";
  const cost = { estimated: 9, actual: 2 };

  test("over HTTP, by a header or an extension", async () => {
    const headers = { "meetinity-cost": "true" };
    expect(await ask(QUERY, {}, { as: token, headers })).toMatchObject({ extensions: { cost } });
    expect(await ask(QUERY, {}, { as: token })).not.toHaveProperty("extensions");
  });

  test("over WebSocket, by an extension", async () => {
    const request = { query: QUERY, extensions: { cost: true } };
    socket.send({ id: "cost", type: "subscribe", payload: request });
    const { payload }: Frame = await socket.next("cost");
    expect(payload).toMatchObject({ extensions: { cost } });
    const plain = await socket.next(socket.subscribe(QUERY));
    expect(plain.payload).not.toHaveProperty("extensions");
  });
});

test("a metric counts refusals by limit", async () => {
  const countOf = async () => {
    const text = await (await fetch(new URL("/metrics", stack().urls.admin.router))).text();
    return Number(/^router_limit_refusals_total\{limit="rootFields"\} (\d+)$/m.exec(text)?.[1]);
  };
  const before = await countOf();
  await refusal(`{ ${times(21, "__typename ")} }`);
  expect(await countOf()).toBe(before + 2);
});
