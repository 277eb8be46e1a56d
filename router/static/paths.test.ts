// Guarantees about which paths name files, and which requests are for pages.
import { describe, expect, test } from "vitest";
import { filePathOf, isNavigation } from "./paths.ts";

const HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

test("a path is decoded part by part, without query and fragment", () => {
  expect(filePathOf("/assets/index-1.js?v=2#x")).toBe("assets/index-1.js");
  expect(filePathOf("/caf%C3%A9%20.png")).toBe("café .png");
  expect(filePathOf("/")).toBe("");
  expect(filePathOf("/people/")).toBe("people/");
});

test.each([
  "/..",
  "/../package.json",
  "/a/../b",
  "/%2e%2e/package.json",
  "/.%2E/package.json",
  "/..%2fpackage.json",
  "/a%2fb",
  "/a%5Cb",
  "/a\\b",
  "/.",
  "/.env",
  "/.vite/manifest.json",
  "/assets/.hidden",
  "/%2ehidden",
  "//etc/passwd",
  "/a//b",
  "/a%00.js",
  "/a%0d%0ab",
  "/%",
  "/%c0%ae%c0%ae",
])("%s names no file and no page", (target) => {
  expect(filePathOf(target)).toBeNull();
});

describe("a page is", () => {
  test("what a browser opens, at any path of the app", () => {
    expect(isNavigation("conversations/1", HTML)).toBe(true);
    expect(isNavigation("people/", HTML)).toBe(true);
  });

  test("what any client gets at the app's own address", () => {
    expect(isNavigation("", undefined)).toBe(true);
    expect(isNavigation("", "*/*")).toBe(true);
    expect(isNavigation("", "application/json")).toBe(false);
  });

  test("not a file, and nothing that another type is accepted for", () => {
    expect(isNavigation("assets/index-1.js", HTML)).toBe(false);
    expect(isNavigation("conversations/1", "*/*")).toBe(false);
    expect(isNavigation("conversations/1", undefined)).toBe(false);
    expect(isNavigation("conversations/1", "application/json, text/htmlx")).toBe(false);
  });
});
