// Guarantees about the names of devices.
import { expect, test } from "vitest";
import { agentOf, UNKNOWN_AGENT } from "./agents.ts";

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 " +
      "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    { kind: "PHONE", browser: "Safari", system: "iOS" },
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0`,
    { kind: "COMPUTER", browser: "Microsoft Edge", system: "Windows" },
  ],
  [
    "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
    { kind: "COMPUTER", browser: "Firefox", system: "Linux" },
  ],
  [
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36`,
    { kind: "COMPUTER", browser: "Chrome", system: "macOS" },
  ],
])("%s", (userAgent, agent) => {
  expect(agentOf(userAgent)).toEqual(agent);
});

test("a program without a known name is an unknown device", () => {
  for (const userAgent of [
    null,
    "",
    " ",
    "node",
    "curl/8.0",
    "okhttp/4.9.0",
    "\u{1F98A}",
    "(",
    "/",
  ]) {
    expect(agentOf(userAgent)).toEqual(UNKNOWN_AGENT);
  }
});

test("nobody chooses a text of their own as the name", () => {
  for (const userAgent of [
    "Call +33 1 23 45 67 89 at once/1.0 (Windows)",
    "Visit evil.test/1.0 now",
    "constructor/1.0 (x)",
  ]) {
    const { browser, system } = agentOf(userAgent);
    expect(browser).toBeNull();
    expect([null, "Windows"]).toContain(system);
  }
});
