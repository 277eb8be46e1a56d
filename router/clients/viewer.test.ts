// Guarantees about tokens that were verified before.
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createAuthenticator } from "./viewer.ts";

const MINUTE_MS = 60_000;

async function makeKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA");
  const keys = [{ ...(await exportJWK(publicKey)), kid }];
  const bearer = async () => {
    const jwt = new SignJWT({ sid: "s", roles: [], scope: "" })
      .setProtectedHeader({ alg: "EdDSA", kid })
      .setIssuer("meetinity")
      .setAudience("meetinity")
      .setSubject("ada")
      .setExpirationTime("15m");
    return `Bearer ${await jwt.sign(privateKey)}`;
  };
  return { keys, bearer };
}

function open() {
  return createAuthenticator({
    jwksUrl: "http://keys.test",
    mint: async () => "router",
    tokens: { current: (identity) => identity },
    log: pino({ level: "silent" }),
  });
}

let published: readonly object[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", async () => Response.json({ keys: published }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("the signature of a token is verified once", async () => {
  const { keys, bearer } = await makeKey("k1");
  published = keys;
  const authenticator = open();
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  const token = await bearer();
  const verify = vi.spyOn(crypto.subtle, "verify");
  for (let minute = 0; minute < 10; minute += 1) {
    expect(await authenticator.identify(token)).toMatchObject({ viewer: { id: "ada" } });
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
  }
  expect(verify).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(5 * MINUTE_MS);
  await expect(authenticator.identify(token)).rejects.toThrow(/has expired/);
  authenticator.stop();
});

test("a token is refused at most a minute after its key was withdrawn", async () => {
  const [old, next] = await Promise.all([makeKey("k1"), makeKey("k2")]);
  published = old.keys;
  const authenticator = open();
  const token = await old.bearer();
  await authenticator.identify(token);
  published = next.keys;
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  await expect(authenticator.identify(token)).rejects.toThrow(/is not valid/);
  expect(await authenticator.identify(await next.bearer())).toMatchObject({ kind: "viewer" });
  authenticator.stop();
});
