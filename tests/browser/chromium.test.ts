// Guarantees about the browser of these tests: which one is taken, and the message without one.
import { describe, expect, it } from "vitest";
import { browserPath, type Machine } from "./chromium.ts";

const machine = (more: Partial<Machine>): Machine => ({
  env: {},
  platform: "linux",
  arch: "x64",
  exists: () => false,
  unpack: () => "unpacked",
  ...more,
});
const chrome = "/usr/bin/google-chrome";
const exists = (path: string) => path === chrome;

describe("the browser of these tests", () => {
  it("is that of BROWSER_PATH", () => {
    const env = { BROWSER_PATH: chrome };
    expect(browserPath(machine({ env, exists }))).toBe(chrome);
    expect(() => browserPath(machine({ env }))).toThrow(`BROWSER_PATH is ${chrome}`);
  });

  it("is that of the package on Linux x64, where nothing has to be installed", () => {
    expect(browserPath(machine({ exists }))).toBe("unpacked");
  });

  it("is an installed one elsewhere, and where its window is wanted", () => {
    expect(browserPath(machine({ arch: "arm64", exists }))).toBe(chrome);
    expect(browserPath(machine({ env: { HEADED: "1" }, exists }))).toBe(chrome);
  });

  it("is missed with a message that says what to install", () => {
    for (const platform of ["linux", "darwin", "win32", "freebsd"]) {
      const bare = machine({ platform, arch: "arm64" });
      expect(() => browserPath(bare)).toThrow(/Install Google Chrome .+BROWSER_PATH/);
    }
  });
});
