// Guarantees about accepted addresses and passwords, and about refresh tokens that come back.
import { describe, expect, test } from "vitest";
import { fold } from "#kit/input/fold";
import { loadSubgraphSources } from "#kit/service/sdl";
import {
  idleLimit,
  judgePassword,
  judgeToken,
  normalEmail,
  normalPassword,
  sessionEnd,
  type TokenState,
} from "./rules.ts";

describe("an e-mail address", () => {
  test("is the same in any case, with spaces around it, and in any width of letters", () => {
    const forms = ["ada@x.test", " Ada@X.Test\n", "ＡＤＡ@x.test"];
    expect(new Set(forms.map(normalEmail))).toEqual(new Set(["ada@x.test"]));
  });
});

describe("a password", () => {
  const judge = (password: string) =>
    judgePassword({ email: "ada@x.test", displayName: "Ada Lovelace", password }, fold).kind;

  test.each([
    ["seven characters", "abcdefg"],
    ["four emoji of two units each", "🦊🐻🐼🐨"],
    ["one character repeated", "aaaaaaaaaaaa"],
    ["one emoji repeated", "🦊".repeat(9)],
    ["the address, in other letters", "ADA@x.test"],
    ["the name", "ada lovelace"],
    ["the name, with accents", "Ädà Lovelace"],
  ])("that is %s is weak", (_what, password) => {
    expect(judge(password)).toBe("weak");
  });

  test.each([
    ["eight characters", "abcdefgh"],
    ["eight emoji", "🦊🐻🐼🐨🦁🐯🐮🐷"],
    ["a sentence", "correct horse battery staple"],
  ])("of %s is accepted", (_what, password) => {
    expect(judge(password)).toBe("accepted");
  });

  test("is the same whichever way a keyboard writes its accents", () => {
    expect(normalPassword("cafe\u0301 cafe\u0301")).toBe(normalPassword("caf\u00e9 caf\u00e9"));
  });
});

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
