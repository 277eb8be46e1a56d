// Leaks: secrets and internals in answers, line breaks of clients in logs, and our requests to URLs
// of clients (the only one is avatarUrl, which is stored and never fetched).
import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operation } from "../../schema/operations.ts";
import { ask, dataOf, refusalOf } from "../kit/client.ts";
import { connect } from "../kit/socket.ts";
import { graphqlUrl } from "../kit/stack.ts";
import { aPerson, type Person } from "../kit/stories.ts";
import { faultsOf } from "./fuzz/verdict.ts";
import { entryOf, watchLogs } from "./logs.ts";
import { exchange } from "./raw-http.ts";

const SECRET = `secret-${randomUUID()}`;
const SIGN_IN = "mutation($i: SignInInput!) { signIn(input: $i) { __typename } }";

let ada: Person;
beforeAll(async () => {
  ada = await aPerson("Ada");
});

describe("a secret in a variable is neither in the answer nor in a log:", () => {
  const email = "ada@meetinity.test";
  test.each<[string, string, Readonly<Record<string, unknown>>, string]>([
    ["a wrong password", SIGN_IN, { i: { email, password: SECRET } }, ""],
    ["one too long", SIGN_IN, { i: { email, password: SECRET.repeat(20) } }, "BAD_USER_INPUT"],
    ["one with a NUL", SIGN_IN, { i: { email, password: `${SECRET}\0` } }, "BAD_USER_INPUT"],
    ["half a character", SIGN_IN, { i: { email, password: `${SECRET}\ud800` } }, "BAD_USER_INPUT"],
    ["one in a list", SIGN_IN, { i: { email, password: [SECRET] } }, "BAD_USER_INPUT"],
    ["one in an object", SIGN_IN, { i: { email, password: { $ne: SECRET } } }, "BAD_USER_INPUT"],
    [
      "one beside another mistake",
      SIGN_IN,
      { i: { email: 7, password: SECRET } },
      "BAD_USER_INPUT",
    ],
    [
      "one that no field takes",
      SIGN_IN,
      { i: { email, password: "x", passwort: SECRET } },
      "BAD_USER_INPUT",
    ],
    ["an input that is only that", SIGN_IN, { i: SECRET.repeat(4) }, "BAD_USER_INPUT"],
    ["one that no variable takes", "{ me { id } }", { password: SECRET }, ""],
    [
      "a weak one",
      operation("SignUp"),
      { input: { email: `${SECRET}@meetinity.test`, password: "aaaaaaaa", displayName: "x" } },
      "",
    ],
    [
      "an invalid refresh token",
      operation("RefreshSession"),
      { input: { refreshToken: SECRET } },
      "",
    ],
    [
      "a refresh token of another kind",
      operation("RefreshSession"),
      { input: { refreshToken: [[SECRET]] } },
      "BAD_USER_INPUT",
    ],
  ])("%s", async (_what, query, variables, code) => {
    const logs = await watchLogs();
    const answer = await ask(query, variables);
    const socket = await connect();
    const frame = await socket.next(socket.subscribe(query, variables));
    socket.close();
    const codes = answer.errors?.map(({ extensions }) => extensions.code) ?? [];
    expect(codes.join()).toBe(code);
    for (const shown of [answer, frame]) expect(JSON.stringify(shown)).not.toContain(SECRET);
    const { status, ...body } = answer;
    expect(faultsOf({ status, text: JSON.stringify(body), ms: 0 }, [SECRET])).toEqual([]);
    const lines = await logs.since();
    expect(lines.filter(({ text }) => text.includes(SECRET))).toEqual([]);
  });
});

describe("a client's text cannot add lines to a log:", () => {
  const LINE = `\n{"level":"fatal","msg":"${SECRET}"}\n`;
  const post = (body: object, headers: Record<string, string> = {}) =>
    fetch(graphqlUrl(), {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });

  test.each<[string, () => Promise<{ readonly status: number }>, number]>([
    ["operationName", () => post({ query: "query A { me { id } }", operationName: LINE }), 400],
    ["a document", () => post({ query: `{ me { ${LINE} } }` }), 400],
    ["a character that ends a comment", () => post({ query: `{ __typename } #\r${SECRET}` }), 400],
    [
      "an id",
      () => post({ query: "query($i: ID!) { user(id: $i) { id } }", variables: { i: LINE } }),
      200,
    ],
    [
      "an address at sign-in",
      () => post({ query: SIGN_IN, variables: { i: { email: LINE, password: "x" } } }),
      200,
    ],
    [
      "an invalid trace",
      () => post({ query: "{ me { id } }" }, { traceparent: `00-${"x".repeat(32)}` }),
      200,
    ],
    [
      "a user agent",
      () => post({ query: "{ me { id } }" }, { "user-agent": `${SECRET}\\n{}` }),
      200,
    ],
    [
      "a header with a line break",
      () =>
        exchange(graphqlUrl(), {
          head: [`traceparent: x\r\n {"level":"fatal"}`],
          body: `{"query":"{ __typename }"}`,
        }),
      400,
    ],
    [
      "a header with half a line break",
      () =>
        exchange(graphqlUrl(), {
          head: [`traceparent: x\n{"level":"fatal"}`],
          body: `{"query":"{ __typename }"}`,
        }),
      400,
    ],
    [
      "a path",
      () => exchange(graphqlUrl(), { path: `/graphql%0a{"level":"fatal"}`, body: "{}" }),
      404,
    ],
    ["a method", () => exchange(graphqlUrl(), { method: "FATAL\t", body: "{}" }), 400],
  ])("%s", async (_what, send, status) => {
    const logs = await watchLogs();
    expect((await send()).status).toBe(status);
    const lines = (await logs.since()).filter(({ service }) => service !== "probed");
    for (const line of lines)
      expect(entryOf(line), line.text).toMatchObject({ level: expect.any(String) });
    expect(lines.map(entryOf).filter((entry) => entry?.level === "fatal")).toEqual([]);
  });

  test("a name of several lines is refused, and adds no line to a log", async () => {
    const input = { displayName: `Ada\r\n{"level":"fatal"}\u202e\u0007Lovelace` };
    const logs = await watchLogs();
    const refusal = await refusalOf(operation("UpdateProfile"), { input }, { as: ada.token });
    expect(refusal).toMatchObject({ code: "BAD_USER_INPUT", field: "input.displayName" });
    const lines = await logs.since();
    expect(lines.map(entryOf).filter((entry) => entry?.level === "fatal")).toEqual([]);
  });
});

describe("a URL that a client sends", () => {
  let server: Server;
  let received: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      received.push(`${request.method} ${request.url}`);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => server.close());
  const port = () => (server.address() as AddressInfo).port;
  const setAvatar = (avatarUrl: string) =>
    dataOf(operation("UpdateProfile"), { input: { avatarUrl } }, { as: ada.token });

  test.each<[string, () => string]>([
    ["this machine", () => `http://127.0.0.1:${port()}/a.png`],
    ["its name", () => `http://localhost:${port()}/a.png`],
    ["its number", () => `http://2130706433:${port()}/a.png`],
    ["a user and a password", () => `http://user:pass@127.0.0.1:${port()}/a.png`],
    ["its address in IPv6", () => `http://[::ffff:127.0.0.1]:${port()}/a.png`],
  ])("is stored and never fetched: %s", async (_what, url) => {
    received = [];
    await setAvatar(url());
    const query =
      "query($id: ID!) { user(id: $id) { avatarUrl } users(first: 1) { edges { cursor } } }";
    const read = await dataOf(query, { id: ada.id }, { as: ada.token });
    expect(read).toMatchObject({ user: { avatarUrl: expect.stringContaining("a.png") } });
    expect(received).toEqual([]);
    await fetch(`http://127.0.0.1:${port()}/control`);
    expect(received).toEqual(["GET /control"]);
  });

  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "ftp://127.0.0.1/a",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "blob:http://127.0.0.1/a",
    "//evil.test/a.png",
    "/a.png",
    "http://",
    " ",
    "http://127.0.0.1:99999/",
  ])("is refused unless it is http or https: %j", async (avatarUrl) => {
    const refusal = await refusalOf(
      operation("UpdateProfile"),
      { input: { avatarUrl } },
      { as: ada.token },
    );
    expect(refusal).toMatchObject({ code: "BAD_USER_INPUT", field: "input.avatarUrl" });
  });
});
