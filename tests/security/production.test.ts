// Production with NODE_ENV as the only setting: the exact answers to curious clients. The test has
// its own router in front of the stack's subgraphs.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seed } from "../../local/seed/seed.ts";
import { readSettings } from "../../local/settings.ts";
import { manifestOf } from "../../schema/manifest.ts";
import { operation } from "../../schema/operations.ts";
import { ask } from "../kit/client.ts";
import { type OwnRouter, startOwnRouter } from "../kit/own-router.ts";
import { connect } from "../kit/socket.ts";
import { stack } from "../kit/stack.ts";
import { aPerson, type Person } from "../kit/stories.ts";
import { answerTo, FOREIGN, PREFLIGHT, REFUSED, tellingHeaders } from "./transport.ts";

let production: OwnRouter;
let person: Person;
beforeAll(async () => {
  [production, person] = await Promise.all([startOwnRouter({ NODE_ENV: "production" }), aPerson()]);
});
afterAll(() => production?.stop());

const TRACE_ID = expect.stringMatching(/^[0-9a-f]{32}$/);

/** The status and the errors of an operation over HTTP. Over WebSocket they are the same. */
async function refusal(query: string, variables: Readonly<Record<string, unknown>> = {}) {
  const { url } = production;
  const { status, data, errors = [] } = await ask(query, variables, { url, as: person.token });
  const socket = await connect({ url, as: person.token });
  const frame = await socket.next(socket.subscribe(query, variables));
  socket.close();
  const anyTrace = errors.map((error) => ({
    ...error,
    extensions: { ...error.extensions, traceId: TRACE_ID },
  }));
  expect([data, frame.type, frame.payload]).toEqual([undefined, "error", anyTrace]);
  return { status, errors };
}

const invalid = (message: string) => ({
  message,
  locations: [{ line: 1, column: expect.any(Number) }],
  extensions: { code: "GRAPHQL_VALIDATION_FAILED", traceId: TRACE_ID },
});
const NO_INTROSPECTION = invalid(
  "This graph does not tell its schema: introspection (`__schema`, `__type`) is off.",
);

describe("introspection is refused", () => {
  test.each([
    ["plain", "{ __schema { types { name } } }"],
    ["of one type", `{ __type(name: "User") { name } }`],
    ["by an alias", "{ x: __schema { queryType { name } } }"],
    ["by a fragment", "{ ...F } fragment F on Query { __schema { queryType { name } } }"],
    ["by an inline fragment", `{ ... on Query { __type(name: "User") { name } } }`],
    [
      "in nested fragments",
      "{ ...A } fragment A on Query { ...B } fragment B on Query { __schema { queryType { name } } }",
    ],
    ["left out by @skip", "{ __schema @skip(if: true) { queryType { name } } }"],
    ["nested in a type", `{ __type(name: "User") { fields { type { name } } } }`],
  ])("%s", async (_how, query) => {
    expect(await refusal(query)).toEqual({ status: 400, errors: [NO_INTROSPECTION] });
  });

  test("by GET", async () => {
    const url = `${production.url}?query={__schema{queryType{name}}}`;
    const { status, body } = await answerTo(url, { headers: { "apollo-require-preflight": "1" } });
    const { traceId: _, ...extensions } = NO_INTROSPECTION.extensions;
    expect([status, body]).toEqual([400, { errors: [{ ...NO_INTROSPECTION, extensions }] }]);
  });

  test("but not `__typename`, which clients need", async () => {
    const { data } = await ask("{ __typename }", {}, { url: production.url });
    expect(data).toEqual({ __typename: "Query" });
  });
});

describe("an error suggests no names", () => {
  test.each([
    ["of a field", "{ mee { id } }", `Cannot query field "mee" on type "Query".`],
    [
      "of an argument",
      "{ events(frist: 1) { edges { cursor } } }",
      `Unknown argument "frist" on field "Query.events".`,
    ],
    ["of a type", "{ me { ... on Usr { id } } }", `Unknown type "Usr".`],
    [
      "of an input's field",
      "{ events(filter: { serch: 1 }) { edges { cursor } } }",
      `Field "serch" is not defined by type "EventFilter".`,
    ],
    [
      "of an enum's value",
      `mutation { answerSuggestion(input: { suggestionId: 1, answer: ACEPT }) { __typename } }`,
      `Value "ACEPT" does not exist in "SuggestionAnswer" enum.`,
    ],
  ])("%s", async (_what, query, message) => {
    expect(await refusal(query)).toEqual({ status: 400, errors: [invalid(message)] });
  });

  test("in a variable", async () => {
    const inputs = [
      ["query($f: EventFilter) { events(filter: $f) { edges { cursor } } }", { f: { serch: "x" } }],
      [
        "mutation($i: AnswerSuggestionInput!) { answerSuggestion(input: $i) { __typename } }",
        { i: { suggestionId: "1", answer: "ACEPT" } },
      ],
    ] as const;
    for (const [query, variables] of inputs) {
      const { status, errors } = await refusal(query, variables);
      expect([status, errors[0]?.extensions.code]).toEqual([400, "BAD_USER_INPUT"]);
      expect(JSON.stringify(errors)).not.toMatch(/did you mean|ACCEPT|"search"/i);
    }
  });
});

test.each(["/sandbox", "/graphiql", "/graphiql/static/ruru.js", "/", "/metrics"])(
  "%s is not found",
  async (path) => {
    const { status, body } = await answerTo(new URL(path, production.url).href, {});
    const expected = {
      message: "There is nothing at this address.",
      extensions: { code: "NOT_FOUND" },
    };
    expect([status, body]).toEqual([404, { errors: [expected] }]);
  },
);

describe("these are refused:", () => {
  test.each(REFUSED)("$what", async ({ search = "", init, status, message }) => {
    const answer = await answerTo(production.url + search, init);
    const errors = [{ message, extensions: { code: "BAD_REQUEST" } }];
    expect([answer.status, answer.body]).toEqual([status, { errors }]);
    expect(tellingHeaders(answer.headers)).toEqual([]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("a script of another site, which may read nothing of the answer", async () => {
    for (const init of [PREFLIGHT, FOREIGN]) {
      const { headers } = await answerTo(production.url, init);
      expect(tellingHeaders(headers)).toEqual([]);
    }
    const headers = { origin: "https://evil.test" };
    await expect(connect({ url: production.url, headers })).rejects.toThrow("403");
  });

  test("an operation beyond the limits, registered or not", async () => {
    const query = `{ ${"__typename ".repeat(21)} }`;
    const limit = { code: "OPERATION_TOO_COMPLEX", limit: "rootFields", received: 21, most: 20 };
    const { status, errors } = await refusal(query);
    expect([status, errors.map(({ extensions }) => extensions)]).toEqual([
      400,
      [{ ...limit, traceId: TRACE_ID }],
    ]);
  });
});

test("our own documents run by id, and clients cannot register others", async () => {
  const byHash = (sha256Hash: string, parts: object = {}) => ({
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...parts, extensions: { persistedQuery: { version: 1, sha256Hash } } }),
  });
  const answered = async (init: RequestInit) => {
    const { status, body, headers } = await answerTo(production.url, init);
    return [status, body, headers.get("cache-control")];
  };
  const { operations } = manifestOf([operation("Me")]);
  const nobody = [200, { data: { me: null } }, "no-store"];
  expect(await answered(byHash(operations[0]?.id ?? ""))).toEqual(nobody);
  const query = "{ me { id } }";
  const hash = createHash("sha256").update(query).digest("hex");
  expect(await answered(byHash(hash, { query }))).toEqual(nobody);
  const extensions = { code: "PERSISTED_QUERY_NOT_FOUND" };
  const missing = { errors: [{ message: "PersistedQueryNotFound", extensions }] };
  expect(await answered(byHash(hash))).toEqual([200, missing, "no-store"]);
});

test("an error has advice and a trace id, and no internals", async () => {
  const { url } = production;
  const query = "query Find($id: ID!) { conversation(id: $id) { id } event(id: $id) { id } }";
  const answers = [
    await ask(query, { id: "hunter2'; drop table x --" }, { url, as: person.token }),
    await ask("{ me { id } }", {}, { url, as: "not.a.token" }),
    await ask("{", {}, { url }),
  ];
  const text = JSON.stringify(answers);
  expect(text).not.toMatch(/stack|\.ts\b|node_modules|at \w+ \(|queryPlan|serviceName|localhost/i);
  expect(text).not.toMatch(/127\.0\.0\.1|select |prisma/i);
});

test("demo data are never written", async () => {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = "production";
  try {
    const seeding = seed({ graphqlUrl: production.url, stack: stack() });
    await expect(seeding).rejects.toThrow(/production/);
  } finally {
    process.env.NODE_ENV = before;
  }
  expect(readSettings([], { NODE_ENV: "production" }).isDemoWanted).toBe(false);
  expect(() => readSettings(["--demo"], { NODE_ENV: "production" })).toThrow(/The flags are/);
});
