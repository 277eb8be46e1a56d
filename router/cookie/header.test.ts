// Guarantees about the headers of the cookies.
import { describe, expect, test } from "vitest";
import { setCookie, tokenIn as tokenOf } from "./header.ts";

const tokenIn = (header: string | undefined) => tokenOf(header, "session");

describe("a token is read", () => {
  test("among other cookies, by its exact name", () => {
    expect(tokenIn("a=b; meetinity_session=abc; c=d")).toBe("abc");
    expect(tokenIn("meetinity_session=a=b")).toBe("a=b");
    for (const header of [
      undefined,
      "",
      "x",
      "xmeetinity_session=a",
      "meetinity_session",
      "MEETINITY_SESSION=a",
    ])
      expect(tokenIn(header)).toBe("");
  });

  test("by its name, one of each", () => {
    const header = "meetinity_device=d; meetinity_session=s";
    expect([tokenOf(header, "device"), tokenOf(header, "session")]).toEqual(["d", "s"]);
    expect(tokenOf("meetinity_device=d", "session")).toBe("");
  });

  test("unless it is longer than any token", () => {
    expect(tokenIn(`meetinity_session=${"x".repeat(1_025)}`)).toBe("");
  });
});

describe("a cookie is set", () => {
  const options = { name: "session", path: "/session", isSecure: true, lifeSeconds: 60 };

  test("for one path, hidden from scripts and from other sites", () => {
    expect(setCookie("abc", options)).toBe(
      "meetinity_session=abc; Max-Age=60; Path=/session; HttpOnly; SameSite=Strict; Secure",
    );
    expect(setCookie("abc", { ...options, isSecure: false })).not.toContain("Secure");
    expect(setCookie("abc", { ...options, name: "device" })).toMatch(/^meetinity_device=abc; /);
  });

  test("never with a token that would add attributes", () => {
    for (const token of ["a; Domain=evil.test", "a\r\nX: y", "a,b", "ü"])
      expect(() => setCookie(token, options)).toThrow(/does not fit/);
  });
});
