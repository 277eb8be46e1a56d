// Identity tokens of attackers at the port of a subgraph: each differs from the router's own in one
// thing. The table has how each is refused.
import { generateKeyPair, importJWK, SignJWT } from "jose";
import { newId } from "../../kit/data/id.ts";
import { stack } from "../kit/stack.ts";
import { accessToken } from "../kit/tokens.ts";

export const REFUSED = {
  errors: [
    {
      message: "This service answers the router alone: the identity token is missing or not valid.",
      extensions: { code: "UNAUTHENTICATED" },
    },
  ],
};

const userId = newId();

interface Claims {
  readonly [name: string]: unknown;
}

/** An identity token of an admin like the router's own, with these differences. */
export async function identity(
  claims: Claims = {},
  header: object = {},
  key?: Parameters<SignJWT["sign"]>[0],
) {
  const jwk = JSON.parse(stack().keys.IDENTITY_SIGNING_KEY) as { readonly kid: string };
  const now = Math.floor(Date.now() / 1000);
  const viewer = { kind: "viewer", sub: userId, sid: "s", roles: ["ADMIN"], scopes: ["admin"] };
  const times = { iat: now, exp: now + 60, until: Date.now() + 60_000 };
  const parties = { iss: "meetinity-router", aud: "meetinity-subgraph" };
  return new SignJWT({ ...viewer, ...times, ...parties, ...claims })
    .setProtectedHeader({ alg: "EdDSA", kid: jwk.kid, ...header })
    .sign(key ?? (await importJWK(jwk, "EdDSA")));
}

function publicKeyBytes(): Uint8Array {
  const { keys } = JSON.parse(stack().keys.IDENTITY_KEY_SET) as { keys: { x: string }[] };
  return new Uint8Array(Buffer.from(keys[0]?.x ?? "", "base64url"));
}

export const seconds = () => Math.floor(Date.now() / 1000);

export const BAD: readonly (readonly [string, () => Promise<string | undefined>])[] = [
  ["no identity", async () => undefined],
  ["an empty one", async () => ""],
  ["an access token", () => accessToken({ userId, roles: ["ADMIN"], scopes: ["admin"] })],
  [
    "a key of somebody's own",
    async () => identity({}, {}, (await generateKeyPair("EdDSA")).privateKey),
  ],
  ["HS256 with the public key", () => identity({}, { alg: "HS256" }, publicKeyBytes())],
  ["no signature", async () => `${(await identity()).split(".").slice(0, 2).join(".")}.`],
  ["an old one", () => identity({ exp: seconds() - 1 })],
  ["one that never ends", () => identity({ exp: undefined })],
  ["another issuer", () => identity({ iss: "meetinity" })],
  ["another audience", () => identity({ aud: "meetinity" })],
  ["an unknown kind", () => identity({ kind: "admin" })],
  ["a viewer without an id", () => identity({ sub: undefined })],
  ["the good one as a bearer", async () => `Bearer ${await identity()}`],
];
