// Queries and mutations at the router: dead and broken subgraphs, operations that are refused
// before they run, and the parts of an error that a client sees.
import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Answer, type Library, startLibrary } from "./harness.ts";

let library: Library;
beforeAll(async () => {
  library = await startLibrary();
});
afterAll(() => library.stop());
afterEach(() => {
  library.authors.breakWith(null);
});

const BOOKS = "{ books { title by: author { name motto } } whoAmI }";
const codesOf = (answer: Answer) => answer.errors?.map((error) => error.extensions.code);

describe("a subgraph that", () => {
  test("is dead makes only its own fields null, each with an error at its path, and recovers", async () => {
    const own = await startLibrary();
    await own.authors.stop();
    const { status, data, errors } = await own.ask(
      "{ me: whoAmI book(id: 1) { title coauthor { name } } books { author { motto } } }",
    );
    expect(status).toBe(200);
    expect(data).toEqual({
      me: null,
      book: { title: "Book 1", coauthor: null },
      books: [1, 2, 3].map(() => ({ author: { motto: null } })),
    });
    expect(errors?.map(({ path }) => path)).toEqual([
      ["me"],
      ...[0, 1, 2].map((at) => ["books", at, "author"]),
    ]);
    expect(new Set(errors?.map((error) => error.extensions.code))).toEqual(
      new Set(["SUBGRAPH_UNAVAILABLE"]),
    );
    await own.restartAuthors();
    expect((await own.ask(BOOKS)).errors).toBeUndefined();
    await own.stop();
  });

  test.each([
    ["answers HTML", 502, "<h1>Bad gateway</h1>"],
    ["answers nothing", 200, ""],
    ["answers another JSON", 200, `{"ok":true}`],
    ["answers with errors that are none", 500, `{"errors":"oh"}`],
    [
      "refuses the router",
      401,
      `{"errors":[{"message":"x","extensions":{"code":"UNAUTHENTICATED"}}]}`,
    ],
  ])("%s is unavailable", async (_what, status, body) => {
    library.authors.breakWith({ status, body });
    const answer = await library.ask("{ whoAmI book(id: 1) { title } }");
    expect(answer.data).toEqual({ whoAmI: null, book: { title: "Book 1" } });
    expect(codesOf(answer)).toEqual(["SUBGRAPH_UNAVAILABLE"]);
    expect(JSON.stringify(answer)).not.toMatch(/authors/);
  });

  test("loses a connection gets the request once more, unless it may have changed something", async () => {
    const { arrivals } = library.authors;
    const asked = async (query: string, cuts: number) => {
      const before = arrivals.length;
      library.authors.cut(cuts);
      const answer = await library.ask(query);
      library.authors.cut(0);
      return [codesOf(answer), arrivals.length - before];
    };
    const mutation = `mutation { rename(input: { id: 1, name: "x" }) { id } }`;
    expect(await asked("{ whoAmI }", 1)).toEqual([undefined, 2]);
    expect(await asked("{ whoAmI }", 5)).toEqual([["SUBGRAPH_UNAVAILABLE"], 2]);
    expect(await asked(mutation, 5)).toEqual([["SUBGRAPH_UNAVAILABLE"], 1]);
  });

  test("answers 500 with a GraphQL body is read", async () => {
    const error = { message: "x", path: ["whoAmI"], extensions: { code: "DEADLINE_EXCEEDED" } };
    library.authors.breakWith({ status: 500, body: JSON.stringify({ errors: [error] }) });
    const { errors } = await library.ask("{ whoAmI }");
    expect(errors).toMatchObject([error]);
  });
});

describe("an error", () => {
  test("of a subgraph keeps its code, facts and path in the client's operation", async () => {
    const { data, errors } = await library.ask("{ no: refused books { by: author { motto } } }");
    expect(data).toMatchObject({ no: null, books: [{}, {}, {}] });
    expect(errors).toEqual([
      {
        message: "Somebody was faster.",
        path: ["no"],
        extensions: { code: "CONFLICT", retryAfterMs: 100, traceId: expect.any(String) },
      },
    ]);
  });

  test("that is unexpected shows a trace id and nothing else", async () => {
    const answers = await Promise.all([
      library.ask(`{ author(id: "broken") { name motto } }`),
      library.ask("{ odd }"),
      library.ask(`{ author(id: "nameless") { name } }`),
    ]);
    for (const { errors, extensions } of answers) {
      expect(errors).toMatchObject([
        {
          message: expect.stringMatching(/trace id/),
          extensions: {
            code: "INTERNAL_SERVER_ERROR",
            traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
          },
        },
      ]);
      expect(Object.keys(errors?.[0]?.extensions ?? {})).toEqual(["code", "traceId"]);
      expect(extensions).toBeUndefined();
    }
    expect(answers.map(({ errors }) => errors?.[0]?.path)).toEqual([
      ["author", "motto"],
      ["odd"],
      ["author", "name"],
    ]);
  });

  test("carries the trace id of the caller, if that is a trusted proxy", async () => {
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
    const behindProxy = await startLibrary({ env: { TRUSTED_PROXIES: "loopback" } });
    for (const [each, isTrusted] of [
      [behindProxy, true],
      [library, false],
    ] as const) {
      const { errors } = await each.ask("{ odd }", { headers });
      const answered = errors?.[0]?.extensions.traceId;
      expect(answered === traceId).toBe(isTrusted);
      expect(each.books.arrivals.at(-1)?.headers.traceparent).toMatch(String(answered));
    }
    await behindProxy.stop();
  });
});

describe("these are refused before anything runs, with a status and a code:", () => {
  const TWO = "query A { whoAmI } query B { whoAmI }";
  const RENAME = "mutation ($input: RenameInput!) { rename(input: $input) { id } }";
  test.each<[string, string, object, number, string]>([
    [
      "an operation that is not there",
      TWO,
      { operationName: "C" },
      400,
      "OPERATION_RESOLUTION_FAILURE",
    ],
    ["one of several operations", TWO, {}, 400, "OPERATION_RESOLUTION_FAILURE"],
    ["a subscription over HTTP", "subscription { books { id } }", {}, 400, "BAD_REQUEST"],
    ["text that is not GraphQL", "{", {}, 400, "GRAPHQL_PARSE_FAILED"],
    ["2,001 tokens", `{ ${"whoAmI ".repeat(2_001)} }`, {}, 400, "GRAPHQL_PARSE_FAILED"],
    ["an unknown field", "{ nothing }", {}, 400, "GRAPHQL_VALIDATION_FAILED"],
    ["a deferred fragment", "{ ... @defer { whoAmI } }", {}, 400, "GRAPHQL_VALIDATION_FAILED"],
    ["a missing variable", RENAME, {}, 400, "BAD_USER_INPUT"],
    ["a batch", "", {}, 400, "BAD_REQUEST"],
  ])("%s", async (_what, query, options, status, code) => {
    const before = library.authors.arrivals.length;
    const answer = await library.ask(query, options);
    expect([answer.status, codesOf(answer)]).toEqual([status, [code]]);
    expect(answer.data).toBeUndefined();
    expect(library.authors.arrivals).toHaveLength(before);
  });

  test("a hash of another document, which is not stored", async () => {
    const sha256Hash = createHash("sha256").update("{ whoAmI }").digest("hex");
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const mismatch = await library.ask("{ odd }", { extensions });
    expect([mismatch.status, codesOf(mismatch)]).toEqual([400, ["BAD_REQUEST"]]);
    const unknown = await library.ask("", { extensions });
    expect(codesOf(unknown)).toEqual(["PERSISTED_QUERY_NOT_FOUND"]);
    expect((await library.ask("{ whoAmI }", { extensions })).data).toEqual({ whoAmI: "anonymous" });
    expect((await library.ask("", { extensions })).data).toEqual({ whoAmI: "anonymous" });
  });

  test("a document with more than five mistakes, of which five are reported", async () => {
    const { errors } = await library.ask(`{ whoAmI ${"@x ".repeat(20)} }`);
    expect(errors).toHaveLength(5);
  });

  test("a condition on the root of a subscription, in every form", async () => {
    const socket = await library.connect();
    for (const query of [
      "subscription ($x: Boolean!) { books @include(if: $x) { id } }",
      "subscription ($x: Boolean!) { ...F @skip(if: $x) } fragment F on Subscription { books { id } }",
      "subscription { books @skip(if: true) { id } }",
    ]) {
      const frame = await socket.next(socket.subscribe(query, { x: true }));
      expect(frame).toMatchObject({
        type: "error",
        payload: [{ extensions: { code: "BAD_USER_INPUT" } }],
      });
    }
    socket.close();
  });

  test("invalid variables, each named by its path, without secrets", async () => {
    const input = { id: "1", password: 12345, since: "yesterday", tags: ["a", 7], nmae: "x" };
    const answer = await library.ask(RENAME, { variables: { input } });
    const { violations } = answer.errors?.[0]?.extensions ?? {};
    expect(answer.status).toBe(400);
    expect(violations).toEqual([
      {
        field: "input.name",
        message: "is required and must be String!",
        received: null,
        rule: "REQUIRED",
      },
      {
        field: "input.password",
        message: "must be String, got a number",
        received: null,
        rule: "TYPE",
      },
      {
        field: "input.since",
        message: 'must be DateTime, got "yesterday"',
        received: "yesterday",
        rule: "TYPE",
      },
      { field: "input.tags[1]", message: "must be String!, got 7", received: 7, rule: "TYPE" },
      {
        field: "input.nmae",
        message: "is not a field of RenameInput",
        received: null,
        rule: "UNKNOWN_FIELD",
      },
    ]);
    expect(JSON.stringify(answer)).not.toContain("12345");
  });
});

test("the same document with other variables gets its own answer", async () => {
  const query = "query ($id: ID!) { book(id: $id) { title author { name } } }";
  for (const id of ["x", "y"]) {
    expect((await library.ask(query, { variables: { id } })).data).toEqual({
      book: { title: `Book ${id}`, author: { name: `Author a-${id}` } },
    });
  }
});
