// Guarantees of identity tokens, good and bad.
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import {
  createIdentityMint,
  createIdentityVerifier,
  type Identity,
  requireViewer,
} from "./identity.ts";
import { keyFinder, type SigningKey } from "./keys.ts";

interface Keys extends SigningKey {
  readonly verify: ReturnType<typeof createIdentityVerifier>;
}

async function makeKeys(kid: string): Promise<Keys> {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid } as { kid: string; x: string };
  const keys = [{ ...jwk, kty: "OKP" as const, crv: "Ed25519" as const }];
  return { kid, key: privateKey, verify: createIdentityVerifier(keyFinder({ keys })) };
}

const viewer = {
  id: "ada",
  sessionId: "s",
  roles: ["USER"],
  scopes: ["events:write"],
  expiresAt: 1_900_000_000_000,
};
const refused = { extensions: { code: "UNAUTHENTICATED" } };

describe("an identity token", () => {
  let ours: Keys;
  let theirs: Keys;
  beforeAll(async () => {
    [ours, theirs] = await Promise.all([makeKeys("k1"), makeKeys("k1")]);
  });

  test.each([
    { kind: "viewer", viewer },
    { kind: "viewer", viewer: { ...viewer, isRestricted: true } },
    { kind: "anonymous" },
    { kind: "audience" },
  ] satisfies Identity[])("proves the identity: $kind", async (identity) => {
    const token = await createIdentityMint(ours)(identity);
    expect(await ours.verify(token)).toEqual(identity);
    expect(await ours.verify(token)).toEqual(identity);
  });

  test("is reused for the same identity, and never for another", async () => {
    const mint = createIdentityMint(ours);
    const first = await mint({ kind: "viewer", viewer });
    expect(await mint({ kind: "viewer", viewer: { ...viewer } })).toBe(first);
    expect(await mint({ kind: "viewer", viewer: { ...viewer, scopes: [] } })).not.toBe(first);
    expect(await mint({ kind: "viewer", viewer: { ...viewer, isRestricted: true } })).not.toBe(
      first,
    );
  });

  test("with another key, audience, algorithm or shape is refused", async () => {
    const sign = (key: SigningKey["key"], audience: string, claims: object, exp = "60s") =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: "EdDSA", kid: "k1" })
        .setIssuer("meetinity-router")
        .setAudience(audience)
        .setSubject("x")
        .setExpirationTime(exp)
        .sign(key);
    const audience = "meetinity-subgraph";
    const kind = "anonymous";
    const none = `${btoa(`{"alg":"none"}`)}.${btoa(`{"kind":"anonymous"}`)}.`;
    const bad = [
      undefined,
      7,
      "",
      "a.b.c",
      none,
      await createIdentityMint(theirs)({ kind }),
      await sign(ours.key, "somebody-else", { kind }),
      await sign(ours.key, audience, { kind: "root" }),
      await sign(ours.key, audience, { kind: "viewer" }),
      await sign(ours.key, audience, { kind }, "-1s"),
    ];
    for (const token of bad) await expect(ours.verify(token)).rejects.toMatchObject(refused);
    const good = await sign(ours.key, audience, { kind });
    expect(await ours.verify(good)).toEqual({ kind });
  });
});

test("a viewer who is not signed in gets an error that says so", () => {
  expect(() => requireViewer({ viewer: null })).toThrow(/Sign in/);
});
