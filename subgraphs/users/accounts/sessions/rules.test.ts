// Guarantees about refresh tokens that come back.
import { describe, expect, test } from "vitest";
import { loadSubgraphSources } from "#kit/service/sdl";
import { idleLimit, judgeToken, sessionEnd, type TokenState } from "./rules.ts";

describe("a refresh token", () => {
  const now = new Date("2026-03-01T12:00:00Z");
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const live: TokenState = {
    expiresAt: sessionEnd(ago(1_000)),
    lastUsedAt: ago(1_000),
    revokedAt: null,
    isKept: true,
    rotatedAt: null,
  };
  const judge = (state: Partial<TokenState>) => judgeToken({ ...live, ...state }, now);

  test("of a living session that no longer keeps it is reused", () => {
    expect(judge({ isKept: false })).toBe("reused");
    expect(judge({ isKept: false, revokedAt: ago(1) })).toBe("ended");
  });

  test("that was exchanged up to 20 seconds ago is replayed, after that reused", () => {
    expect(judge({ rotatedAt: ago(0) })).toBe("replayed");
    expect(judge({ rotatedAt: ago(20_000) })).toBe("replayed");
    expect(judge({ rotatedAt: ago(20_001) })).toBe("reused");
  });

  test("that another server exchanged, by a clock ahead of ours, is replayed", () => {
    expect(judge({ rotatedAt: ago(-500) })).toBe("replayed");
  });

  test("of a revoked session has ended, exchanged or not", () => {
    expect(judge({ revokedAt: ago(1) })).toBe("ended");
    expect(judge({ revokedAt: ago(1), rotatedAt: ago(1) })).toBe("ended");
  });

  test("has ended when its session is 90 days old or was not used for 30", () => {
    expect(judge({ expiresAt: now })).toBe("ended");
    expect(judge({ lastUsedAt: idleLimit(now) })).toBe("ended");
    expect(judge({ lastUsedAt: new Date(idleLimit(now).getTime() + 1) })).toBe("fresh");
  });

  test("is kept in a browser's cookie for as long as it may be unused", () => {
    const sdl = loadSubgraphSources("users").map(({ text }) => text);
    const lives = [...sdl.join("\n").matchAll(/@sessionToken\(lifeSeconds: (\d+)\)/g)];
    expect(lives).toHaveLength(3);
    const idleSeconds = (now.getTime() - idleLimit(now).getTime()) / 1_000;
    for (const [, life] of lives) expect(Number(life)).toBe(idleSeconds);
  });
});
