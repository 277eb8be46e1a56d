// Guarantees about the origins of pages that may use the router, and about its host names.
import { describe, expect, test } from "vitest";
import { createOrigins, type OriginSettings } from "./origins.ts";
import { corsOriginsSetting, publicUrlSetting } from "./settings.ts";

function originsOf(settings: Partial<OriginSettings>, port = 4000) {
  const origins = createOrigins({
    publicUrl: undefined,
    corsOrigins: [],
    host: "127.0.0.1",
    isProduction: false,
    ...settings,
  });
  origins.listensAt(port);
  return origins;
}

describe("an origin is allowed", () => {
  test("if it is PUBLIC_URL's, or one of CORS_ORIGINS, and only PUBLIC_URL's is ours", () => {
    const portal = "https://portal.example";
    const { isAllowed, isOurs } = originsOf({
      publicUrl: "https://m.example",
      corsOrigins: [portal],
      isProduction: true,
    });
    expect([isAllowed("https://m.example"), isOurs("https://m.example")]).toEqual([true, true]);
    expect([isAllowed(portal), isOurs(portal)]).toEqual([true, false]);
    for (const foreign of [
      "http://m.example",
      "https://m.example:444",
      "https://m.example.evil.test",
      "https://evil.test",
      "https://sub.m.example",
      "http://localhost:4000",
      "null",
      "",
      "*",
      "file://",
    ]) {
      expect([foreign, isAllowed(foreign)]).toEqual([foreign, false]);
    }
  });

  test("by any name of this machine at the router's port, outside production", () => {
    const { isOurs, publicUrl, socketOrigin } = originsOf({}, 4711);
    for (const name of ["localhost", "127.0.0.1", "[::1]"]) {
      expect(isOurs(`http://${name}:4711`)).toBe(true);
      expect(isOurs(`http://${name}:4712`)).toBe(false);
      expect(isOurs(`https://${name}:4711`)).toBe(false);
    }
    expect([publicUrl(), socketOrigin()]).toEqual(["http://localhost:4711", "ws://localhost:4711"]);
    expect(originsOf({ isProduction: true }, 4711).isOurs("http://127.0.0.1:4711")).toBe(false);
  });

  test("as browsers write it: without port 80", () => {
    expect(originsOf({}, 80).isOurs("http://localhost")).toBe(true);
  });
});

describe("a router on this machine alone answers to", () => {
  const { isOurHost } = originsOf({ publicUrl: "https://m.test" });

  test.each(["localhost:4000", "LOCALHOST", "127.0.0.1:4000", "127.1.2.3", "[::1]:4000", "m.test"])(
    "%s",
    (host) => expect(isOurHost(host)).toBe(true),
  );

  test.each([
    "evil.test:4000",
    "localhost.evil.test",
    "127.0.0.1.evil.test",
    "10.0.0.1",
    "x@m.test.",
    "",
  ])("nothing else: %s", (host) => expect(isOurHost(host)).toBe(false));

  test("and any other router to every name, because a proxy or a network is in front", () => {
    expect(originsOf({ host: "0.0.0.0" }).isOurHost("evil.test")).toBe(true);
    expect(originsOf({ isProduction: true }).isOurHost("router:4000")).toBe(true);
  });
});

describe("the settings", () => {
  test("are exact origins", () => {
    expect(publicUrlSetting.parse("https://m.example/")).toBe("https://m.example");
    expect(corsOriginsSetting.parse("https://a.example, http://b.example:8080")).toEqual([
      "https://a.example",
      "http://b.example:8080",
    ]);
  });

  test.each([
    "*",
    "null",
    "https://*.example",
    "https://a.example/path",
    "https://a.example//",
    "https://a.example?x",
    "https://user@a.example",
    "https://A.example",
    "https://a.example:443",
    "a.example",
    "ftp://a.example",
    "https://",
  ])("are refused otherwise: %s", (text) => {
    expect(publicUrlSetting.safeParse(text).error?.issues[0]?.message).toMatch(/is no origin/);
    expect(corsOriginsSetting.safeParse(text).error?.issues[0]?.message).toMatch(/exact origins/);
    expect(corsOriginsSetting.safeParse(`https://b.example,${text}`).success).toBe(false);
  });
});
