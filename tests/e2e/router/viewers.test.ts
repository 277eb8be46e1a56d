// Access tokens at the router: which it accepts, what it passes to subgraphs, and which headers of
// clients it ignores.
import { generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Library, startLibrary } from "./harness.ts";

let library: Library;
beforeAll(async () => {
  library = await startLibrary();
});
afterAll(() => library.stop());

const WHO = "{ whoAmI }";

test("a subgraph gets the viewer from the router, and nothing from the client's headers", async () => {
  const as = await library.token("ada", { claims: { roles: ["USER"], scope: "a b" } });
  const headers = { "router-identity": "forged", "x-user-id": "root", cookie: "a=b" };
  expect((await library.ask(WHO, { as, headers })).data).toEqual({ whoAmI: "ada" });
  const arrival = library.authors.arrivals.at(-1);
  expect(arrival?.identity).toMatchObject({
    viewer: { id: "ada", sessionId: "s1", roles: ["USER"], scopes: ["a", "b"] },
  });
  expect(Object.keys(arrival?.headers ?? {}).sort()).toEqual([
    "accept",
    "connection",
    "content-length",
    "content-type",
    "host",
    "router-identity",
    "traceparent",
  ]);
  expect((await library.ask(WHO, { headers })).data).toEqual({ whoAmI: "anonymous" });
});

describe("UNAUTHENTICATED with 401 before anything runs, for", () => {
  const claims = { sid: "s1", roles: [], scope: "" };
  const sign = async (alg: string, key: Parameters<SignJWT["sign"]>[0], kid = "access-1") =>
    new SignJWT(claims)
      .setProtectedHeader({ alg, kid })
      .setIssuer("meetinity")
      .setAudience("meetinity")
      .setSubject("ada")
      .setExpirationTime("1m")
      .sign(key);
  const bearer = async (token: string | Promise<string>) => `Bearer ${await token}`;

  test.each<[string, () => string | Promise<string>]>([
    ["no scheme", () => library.token("ada")],
    ["another scheme", () => "Basic YWRhOnB3"],
    ["no token", () => "Bearer "],
    ["a text that is not a token", () => "Bearer not.a.token"],
    ["a megabyte", () => `Bearer ${"x".repeat(12_000)}`],
    ["an expired token", () => bearer(library.token("ada", { lifeMs: -1_000 }))],
    ["another issuer", () => bearer(library.token("ada", { issuer: "evil" }))],
    ["another audience", () => bearer(library.token("ada", { audience: "evil" }))],
    ["an unknown key", () => bearer(library.token("ada", { kid: "access-2" }))],
    ["claims of another shape", () => bearer(library.token("ada", { claims: { roles: "ADMIN" } }))],
    ["a missing session", () => bearer(library.token("ada", { claims: { sid: undefined } }))],
    [
      "a forged signature",
      async () => bearer(sign("EdDSA", (await generateKeyPair("EdDSA")).privateKey)),
    ],
    ["a shared secret", () => bearer(sign("HS256", new TextEncoder().encode("x".repeat(32))))],
    ["no signature", () => bearer(new UnsecuredJWT({ ...claims, sub: "ada" }).encode())],
  ])("%s", async (_what, authorization) => {
    const before = library.authors.arrivals.length;
    const headers = { authorization: await authorization() };
    const { status, data, errors } = await library.ask(WHO, { headers });
    expect(status).toBe(401);
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
    expect(library.authors.arrivals).toHaveLength(before);
  });
});

test("a token is accepted until it expires and not a moment longer", async () => {
  const as = await library.token("ada", { lifeMs: 1_200 });
  expect((await library.ask(WHO, { as })).status).toBe(200);
  await expect
    .poll(async () => (await library.ask(WHO, { as })).status, { timeout: 3_000 })
    .toBe(401);
});

describe("the key set of access tokens", () => {
  test("is published as it is", async () => {
    const response = await fetch(new URL("/.well-known/jwks.json", library.url));
    expect(await response.json()).toMatchObject({ keys: [{ kid: "access-1", crv: "Ed25519" }] });
    expect(response.headers.get("cache-control")).toMatch(/max-age/);
  });

  test("that could never be fetched makes tokens fail with a server error, not with the client's", async () => {
    const own = await startLibrary();
    await own.authors.stop();
    const as = await own.token("ada");
    const { status, errors } = await own.ask(WHO, { as });
    expect([status, errors?.[0]?.extensions.code]).toEqual([503, "SUBGRAPH_UNAVAILABLE"]);
    const published = await fetch(new URL("/.well-known/jwks.json", own.url));
    expect([published.status, await published.json()]).toMatchObject([
      503,
      { errors: [{ extensions: { code: "SUBGRAPH_UNAVAILABLE" } }] },
    ]);
    const socket = await own.openSocket();
    socket.send({ type: "connection_init", payload: { authorization: `Bearer ${as}` } });
    expect((await socket.closed).code).toBe(1013);
    await own.restartAuthors();
    expect((await own.ask(WHO, { as })).data).toEqual({ whoAmI: "ada" });
    await own.authors.stop();
    const other = await own.ask("{ book(id: 1) { title } }", { as: await own.token("grace") });
    expect(other.status).toBe(200);
    await own.stop();
  });
});
