// Invalid access tokens, over both transports of the running router, with the exact refusal of
// each. identities.test.ts has the places from which no token may be read.
import { createHmac, createPublicKey, randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, importJWK, type JWTHeaderParameters, SignJWT } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import { ask } from "../kit/client.ts";
import { openSocket } from "../kit/socket.ts";
import { graphqlUrl, stack } from "../kit/stack.ts";
import { aPerson, type Person } from "../kit/stories.ts";
import { accessToken, identityToken } from "../kit/tokens.ts";
import { exchange } from "./raw-http.ts";

const ME = "{ me { id } }";
const NOT_VALID = "The access token is not valid: refresh the session or sign in again.";
const EXPIRED = "The access token has expired: refresh the session or sign in again.";
const NO_TOKEN = "The authorization must read `Bearer`, a space and an access token.";

let ada: Person;
let good = "";
beforeAll(async () => {
  ada = await aPerson("Ada");
  good = await accessToken({ userId: ada.id });
});

interface Forged {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly key?: Parameters<SignJWT["sign"]>[0];
}

const signingJwk = () =>
  JSON.parse(stack().keys.ACCESS_TOKEN_SIGNING_KEY) as { readonly kid: string };

function publicJwk(): { readonly x: string; readonly [name: string]: unknown } {
  const { keys } = JSON.parse(stack().keys.ACCESS_TOKEN_KEY_SET) as { keys: { x: string }[] };
  const [jwk] = keys;
  if (!jwk) throw new Error("the stack has no public key");
  return { ...jwk };
}

const seconds = () => Math.floor(Date.now() / 1000);

/** A token like the valid one with these differences. Signed by the real key by default. */
async function forged({ header = {}, claims = {}, key }: Forged = {}): Promise<string> {
  const payload = {
    sid: randomUUID(),
    roles: ["USER", "ADMIN"],
    scope: "admin profile:write",
    iss: "meetinity",
    aud: "meetinity",
    sub: ada.id,
    iat: seconds(),
    exp: seconds() + 900,
    ...claims,
  };
  const protectedHeader = { alg: "EdDSA", kid: signingJwk().kid, ...header } as JWTHeaderParameters;
  const real = await importJWK(signingJwk(), "EdDSA");
  return new SignJWT(payload).setProtectedHeader(protectedHeader).sign(key ?? real);
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token of these parts, without a valid signature. */
const spelled = (header: object, signature = "") => {
  const claims = good.split(".")[1];
  return `${base64url({ kid: signingJwk().kid, ...header })}.${claims}.${signature}`;
};

/** Signed with the public key as an HMAC secret, for libraries that trust the token's algorithm. */
async function signedWithPublicKey(form: "spki" | "jwk" | "raw"): Promise<string> {
  const jwk = publicJwk();
  const pem = createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" });
  const secret = {
    spki: Buffer.from(pem),
    jwk: Buffer.from(JSON.stringify(jwk)),
    raw: Buffer.from(jwk.x, "base64url"),
  }[form];
  return forged({ header: { alg: "HS256" }, key: new Uint8Array(secret) });
}

function signedWithNothing(): string {
  const signed = spelled({ alg: "HS256" }).slice(0, -1);
  return `${signed}.${createHmac("sha256", "").update(signed).digest("base64url")}`;
}

/** A token of an attacker's key, with a header that has or names that key. */
async function withOwnKey(headerOf: (own: object) => Readonly<Record<string, unknown>>) {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA");
  return forged({ header: headerOf(await exportJWK(publicKey)), key: privateKey });
}

describe("a token is refused, over HTTP and in connection_init:", () => {
  test.each<[string, () => string | Promise<string>, string]>([
    ["alg none", () => spelled({ alg: "none" }), NOT_VALID],
    ["alg None, spelled otherwise", () => spelled({ alg: "nOnE" }), NOT_VALID],
    ["alg none with a signature", () => spelled({ alg: "none" }, good.split(".")[2]), NOT_VALID],
    ["no alg", () => spelled({}, good.split(".")[2]), NOT_VALID],
    ["HS256 with the public key as PEM", () => signedWithPublicKey("spki"), NOT_VALID],
    ["HS256 with the public key as JWK", () => signedWithPublicKey("jwk"), NOT_VALID],
    ["HS256 with the public key's bytes", () => signedWithPublicKey("raw"), NOT_VALID],
    ["HS256 with an empty secret", signedWithNothing, NOT_VALID],
    ["another issuer", () => forged({ claims: { iss: "meetinity-router" } }), NOT_VALID],
    ["no issuer", () => forged({ claims: { iss: undefined } }), NOT_VALID],
    ["another audience", () => forged({ claims: { aud: "meetinity-subgraph" } }), NOT_VALID],
    ["no audience", () => forged({ claims: { aud: undefined } }), NOT_VALID],
    ["expired", () => forged({ claims: { exp: seconds() - 1 } }), EXPIRED],
    ["expired at the beginning of time", () => forged({ claims: { exp: 0 } }), EXPIRED],
    ["no expiry", () => forged({ claims: { exp: undefined } }), NOT_VALID],
    ["an expiry that is text", () => forged({ claims: { exp: "9999999999" } }), NOT_VALID],
    ["not valid yet", () => forged({ claims: { nbf: seconds() + 600 } }), NOT_VALID],
    ["no subject", () => forged({ claims: { sub: undefined } }), NOT_VALID],
    ["an empty subject", () => forged({ claims: { sub: "" } }), NOT_VALID],
    ["no session", () => forged({ claims: { sid: undefined } }), NOT_VALID],
    ["roles that are no list", () => forged({ claims: { roles: "ADMIN" } }), NOT_VALID],
    ["scopes that are a list", () => forged({ claims: { scope: ["admin"] } }), NOT_VALID],
    ["an unknown kid", () => forged({ header: { kid: "nobody" } }), NOT_VALID],
    ["a kid that is a path", () => forged({ header: { kid: "../../../../dev/null" } }), NOT_VALID],
    ["a kid that is SQL", () => forged({ header: { kid: "x' union select 'key" } }), NOT_VALID],
    ["a kid that is an address", () => forged({ header: { kid: "http://127.0.0.1/" } }), NOT_VALID],
    ["a kid that is a prototype", () => forged({ header: { kid: "__proto__" } }), NOT_VALID],
    [
      "a critical header",
      () => spelled({ alg: "EdDSA", crit: ["b64"], b64: false }, "AA"),
      NOT_VALID,
    ],
    [
      "an own key behind jku",
      () => withOwnKey(() => ({ jku: "http://127.0.0.1:9/keys" })),
      NOT_VALID,
    ],
    [
      "an own key behind x5u",
      () => withOwnKey(() => ({ x5u: "http://127.0.0.1:9/cert" })),
      NOT_VALID,
    ],
    ["an own key as jwk", () => withOwnKey((jwk) => ({ jwk })), NOT_VALID],
    ["an own key as x5c", () => withOwnKey(() => ({ x5c: ["AA=="] })), NOT_VALID],
    ["truncated", () => good.slice(0, -1), NOT_VALID],
    ["without its signature", () => good.split(".").slice(0, 2).join("."), NOT_VALID],
    ["with a signature too long", () => `${good}AAAA`, NOT_VALID],
    [
      "with the signature of another token",
      async () => [...good.split(".").slice(0, 2), (await forged()).split(".")[2]].join("."),
      NOT_VALID,
    ],
    [
      "with other claims under the good signature",
      async () => {
        const [header, , signature] = good.split(".");
        return `${header}.${(await forged()).split(".")[1]}.${signature}`;
      },
      NOT_VALID,
    ],
    ["an identity of the router", () => identityToken({ kind: "anonymous" }), NOT_VALID],
    ["a refresh token", () => ada.refreshToken, NOT_VALID],
    ["two tokens", () => `${good} ${good}`, NO_TOKEN],
    ["a token in quotes", () => `"${good}"`, NO_TOKEN],
    ["9,000 characters", () => "x".repeat(9_000), NO_TOKEN],
    ["nothing", () => "", NO_TOKEN],
  ])("%s", async (_what, make, message) => {
    const token = await make();
    const headers = { authorization: `Bearer ${token}` };
    const error = { message, extensions: { code: "UNAUTHENTICATED" } };
    const answer = await ask(ME, {}, { headers });
    expect([answer.status, answer.errors, answer.data]).toMatchObject([401, [error], undefined]);
    const socket = await openSocket();
    socket.send({ type: "connection_init", payload: { authorization: `Bearer ${token}` } });
    expect(await socket.closed).toEqual({ code: 4403, reason: "Forbidden" });
  });

  test("a header that is too long for HTTP, with 431", async () => {
    const head = [`authorization: Bearer ${"x".repeat(20_000)}`];
    const { status, body } = await exchange(graphqlUrl(), { head, body: `{"query":"${ME}"}` });
    expect([status, JSON.parse(body)]).toEqual([
      431,
      { errors: [{ message: "The headers are too long.", extensions: { code: "BAD_REQUEST" } }] },
    ]);
  });

  test("but the good one is accepted, so the table can fail", async () => {
    for (const token of [good, await forged()]) {
      expect((await ask(ME, {}, { as: token })).data).toEqual({ me: { id: ada.id } });
    }
  });
});
