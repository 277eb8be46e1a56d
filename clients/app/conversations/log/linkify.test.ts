// Guarantees about the links in a text.
import fc from "fast-check";
import { expect, test } from "vitest";
import { linkify } from "./linkify.ts";

function linksIn(text: string): readonly (string | undefined)[] {
  return linkify(text).flatMap(({ href }) => (href === undefined ? [] : [href]));
}

test("web addresses become links, and the rest stays text", () => {
  expect(linkify("See https://example.org/a?b=c#d, please.")).toEqual([
    { at: 0, text: "See " },
    { at: 4, text: "https://example.org/a?b=c#d", href: "https://example.org/a?b=c#d" },
    { at: 31, text: ", please." },
  ]);
  expect(linksIn("http://a.example and HTTPS://b.example")).toEqual([
    "http://a.example",
    "HTTPS://b.example",
  ]);
});

test("a link ends before the punctuation of its sentence and the bracket around it", () => {
  expect(linksIn("(https://example.org/a_(b)).")).toEqual(["https://example.org/a_(b)"]);
  expect(linksIn("“https://example.org/a” «https://example.org/b»")).toEqual([
    "https://example.org/a",
    "https://example.org/b",
  ]);
  expect(linksIn("https://example.org/?!…")).toEqual(["https://example.org/"]);
});

test("a host in any script is a link", () => {
  expect(linksIn("https://exämple.org/straße https://例え.jp")).toEqual([
    "https://exämple.org/straße",
    "https://例え.jp",
  ]);
});

test("nothing but http and https becomes a link", () => {
  const texts = [
    "javascript:alert(1)",
    "javascript:https:alert(1)",
    "data:text/html,https",
    "ftp://example.org",
    "example.org",
    "https://",
    "xhttps://example.org",
  ];
  for (const text of texts) expect(linksIn(text)).toEqual([]);
});

test("an address that pretends to be another host with a user name is no link", () => {
  expect(linksIn("https://bank.example@evil.example/ https://a:b@evil.example")).toEqual([]);
});

test("the parts together are the text, and each link has one of the two protocols", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.constantFrom("https://", "http://", "example.org", "(", ")", "@", ":", "\n", " ", "."),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join("");
      const parts = linkify(text);
      expect(parts.map((part) => part.text).join("")).toBe(text);
      expect(new Set(parts.map(({ at }) => at)).size).toBe(parts.length);
      for (const { href, text: shown } of parts) {
        if (href === undefined) continue;
        expect(href).toBe(shown);
        expect(["http:", "https:"]).toContain(new URL(href).protocol);
      }
    }),
  );
});
