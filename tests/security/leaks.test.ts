// Leaks: secrets and internals in answers, line breaks of clients in logs, and addresses of clients
// that others would ask.
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { operation } from "../../schema/operations.ts";
import { ask, refusalOf } from "../kit/client.ts";
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

test("an address of a picture is not taken: every client would ask it", async () => {
  const input = { avatarUrl: "https://evil.test/a.png" };
  const refusal = await refusalOf(operation("UpdateProfile"), { input }, { as: ada.token });
  expect(refusal).toMatchObject({ code: "BAD_USER_INPUT" });
});
