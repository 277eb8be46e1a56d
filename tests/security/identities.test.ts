// Identities in every place except the right one: identity headers of the router and of other
// products, tokens in URLs, cookies, bodies and frames. All are ignored, although the tokens are
// valid, and the answer is that of an anonymous client.

import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../kit/data/id.ts";
import { connect, openSocket } from "../kit/socket.ts";
import { graphqlUrl } from "../kit/stack.ts";
import { aPerson, type Person } from "../kit/stories.ts";
import { accessToken, identityToken } from "../kit/tokens.ts";
import { exchange } from "./raw-http.ts";

const ME = "{ me { id } }";

let ada: Person;
/** Valid tokens, for the router and for subgraphs. */
let access = "";
let identity = "";
/** The answer to an anonymous client. */
let nobodys: unknown;
beforeAll(async () => {
  ada = await aPerson("Ada");
  const roles = ["USER", "ADMIN"];
  const scopes = ["admin"];
  access = await accessToken({ userId: ada.id, roles, scopes });
  const expiresAt = Date.now() + 60_000;
  const viewer = { id: ada.id, sessionId: newId(), roles, scopes, expiresAt };
  identity = await identityToken({ kind: "viewer", viewer });
  nobodys = (await answerTo()).shown;
  expect(JSON.stringify(nobodys)).not.toContain(ada.id);
});

interface RequestParts {
  readonly path?: string;
  readonly head?: readonly string[];
  readonly body?: object;
}

async function answerTo({ path = "/graphql", head = [], body = {} }: RequestParts = {}) {
  const sent = JSON.stringify({ query: ME, ...body });
  const answer = await exchange(graphqlUrl(), { path, head, body: sent });
  return { status: answer.status, shown: withoutTrace(JSON.parse(answer.body)) };
}

/** Removes the trace id, which differs each time. */
function withoutTrace(shown: unknown): unknown {
  return JSON.parse(JSON.stringify(shown, (key, value) => (key === "traceId" ? undefined : value)));
}

describe("over HTTP, an identity is ignored in", () => {
  test.each<[string, () => RequestParts]>([
    ["the router's own identity header", () => ({ head: [`router-identity: ${identity}`] })],
    ["the same, spelled otherwise", () => ({ head: [`Router-Identity: ${identity}`] })],
    ["the same with underscores", () => ({ head: [`router_identity: ${identity}`] })],
    ["the same as a bearer", () => ({ head: [`router-identity: Bearer ${identity}`] })],
    ["the same twice", () => ({ head: Array(2).fill(`router-identity: ${identity}`) })],
    [
      "the headers of other products",
      () => ({
        head: [
          "x-user-id",
          "x-forwarded-user",
          "x-auth-request-user",
          "remote-user",
          "x-hasura-user-id",
        ].map((name) => `${name}: ${ada.id}`),
      }),
    ],
    [
      "roles in headers",
      () => ({ head: ["x-roles: ADMIN", "x-hasura-role: admin", "x-scopes: admin"] }),
    ],
    ["a proxy's authorization", () => ({ head: [`proxy-authorization: Bearer ${access}`] })],
    [
      "a forwarded authorization",
      () => ({ head: [`x-forwarded-authorization: Bearer ${access}`] }),
    ],
    ["another header for tokens", () => ({ head: [`x-access-token: ${access}`] })],
    [
      "a cookie",
      () => ({ head: [`cookie: authorization=Bearer ${access}; access_token=${access}`] }),
    ],
    ["a token in the address", () => ({ path: `/graphql?access_token=${access}` })],
    [
      "an authorization in the address",
      () => ({ path: `/graphql?authorization=Bearer%20${access}` }),
    ],
    [
      "a token in the body",
      () => ({ body: { authorization: `Bearer ${access}`, access_token: access } }),
    ],
    [
      "an identity in the extensions",
      () => ({ body: { extensions: { identity, authorization: `Bearer ${access}` } } }),
    ],
    [
      "a variable",
      () => ({ body: { variables: { identity, authorization: `Bearer ${access}` } } }),
    ],
    [
      "a client certificate's header",
      () => ({ head: [`x-client-cert: ${ada.id}`, "x-ssl-client-verify: SUCCESS"] }),
    ],
  ])("%s", async (_where, way) => {
    expect(await answerTo(way())).toEqual({ status: 200, shown: nobodys });
  });

  test("the second of two authorization headers", async () => {
    const [good, bad] = [`authorization: Bearer ${access}`, "authorization: Bearer no.such.token"];
    expect((await answerTo({ head: [good, bad] })).shown).toEqual({ data: { me: { id: ada.id } } });
    expect((await answerTo({ head: [bad, good] })).status).toBe(401);
    expect((await answerTo({ head: [`${good}, Bearer ${identity}`] })).status).toBe(401);
  });
});

describe("over a socket, an identity is ignored in", () => {
  test.each<
    [string, () => { head?: Record<string, string>; greeting?: object; extensions?: object }]
  >([
    ["an authorization of the upgrade", () => ({ head: { authorization: `Bearer ${access}` } })],
    ["the router's header at the upgrade", () => ({ head: { "router-identity": identity } })],
    ["a cookie of the upgrade", () => ({ head: { cookie: `authorization=Bearer ${access}` } })],
    [
      "an identity in the greeting",
      () => ({ greeting: { identity, "router-identity": identity } }),
    ],
    ["a token in the greeting", () => ({ greeting: { token: access, access_token: access } })],
    [
      "headers in the greeting",
      () => ({ greeting: { headers: { authorization: `Bearer ${access}` } } }),
    ],
    [
      "an identity in the extensions",
      () => ({ extensions: { identity, "router-identity": identity } }),
    ],
    [
      "an authorization in the extensions",
      () => ({ extensions: { authorization: `Bearer ${access}` } }),
    ],
    [
      "the mode of a feed",
      () => ({ extensions: { live: { mode: "feed", shareKey: ada.id }, identity } }),
    ],
  ])("%s", async (_where, way) => {
    const { head = {}, greeting = {}, extensions = {} } = way();
    const socket = await openSocket({ headers: head });
    socket.send({ type: "connection_init", payload: greeting });
    expect(await socket.next()).toMatchObject({ type: "connection_ack" });
    socket.send({ id: "1", type: "subscribe", payload: { query: ME, extensions } });
    const { payload } = await socket.next("1");
    expect(withoutTrace(payload)).toEqual(nobodys);
    socket.close();
  });

  test("but not in the authorization of connection_init, so the table can fail", async () => {
    const socket = await connect({ as: access });
    expect(await socket.event(socket.subscribe(ME))).toEqual({ me: { id: ada.id } });
    socket.close();
  });
});
