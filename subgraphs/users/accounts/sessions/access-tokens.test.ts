// Guarantees of access tokens: their claims, and that the public key verifies them.
import { exportJWK, generateKeyPair, jwtVerify } from "jose";
import { expect, test } from "vitest";
import { importSigningKey } from "#kit/trust/keys";
import { createAccessTokens } from "./access-tokens.ts";

const pair = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
const { x = "", d = "" } = await exportJWK(pair.privateKey);
const signingKey = await importSigningKey({ kty: "OKP", crv: "Ed25519", kid: "k1", x, d });
const tokens = createAccessTokens({
  signingKey,
  lifeSeconds: 900,
  scopesOf: ({ roles }) => roles.map((role) => `${role.toLowerCase()}:write`),
  isRestricted: (standing) => standing === "LEAVING",
});

const now = new Date("2026-03-01T12:00:00.700Z");
const grant = {
  userId: "ada",
  sessionId: "session-1",
  roles: ["USER", "ORGANIZER"],
  standing: "ACTIVE",
  tokenVersion: 3,
  isVerified: true,
  sessionEndsAt: new Date("2026-05-30T12:00:00Z"),
} as const;

test("a token names person, session, version, roles and scopes, and lives for 15 minutes", async () => {
  const { token, expiresAt, lifeSeconds } = await tokens.mint(grant, now);
  const { payload, protectedHeader } = await jwtVerify(token, pair.publicKey, {
    issuer: "meetinity",
    audience: "meetinity",
    algorithms: ["EdDSA"],
    currentDate: now,
  });
  expect(protectedHeader).toEqual({ alg: "EdDSA", kid: "k1", typ: "JWT" });
  expect(payload).toEqual({
    iss: "meetinity",
    aud: "meetinity",
    sub: "ada",
    sid: "session-1",
    ver: 3,
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    roles: ["USER", "ORGANIZER"],
    scope: "user:write organizer:write",
    iat: 1_772_366_400,
    exp: 1_772_367_300,
  });
  expect(expiresAt).toEqual(new Date(1_772_367_300_000));
  expect(lifeSeconds).toBe(900);
});

test("no token outlives its session", async () => {
  const sessionEndsAt = new Date("2026-03-01T12:01:00Z");
  const { expiresAt, lifeSeconds } = await tokens.mint({ ...grant, sessionEndsAt }, now);
  expect(expiresAt).toEqual(sessionEndsAt);
  expect(lifeSeconds).toBe(60);
});

test("two tokens are never the same", async () => {
  const [one, other] = await Promise.all([tokens.mint(grant, now), tokens.mint(grant, now)]);
  expect(one.token).not.toBe(other.token);
});
