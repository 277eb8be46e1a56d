// Guarantees about the SDL that the gateway gets.
import { parse, print } from "graphql";
import { expect, test } from "vitest";
import { withoutPurposes } from "./links.ts";

const linked = (url: string, purpose: string) => `@link(url: "${url}"${purpose})`;
const sdl = (purpose: string) => `schema
    ${linked("https://specs.apollo.dev/join/v0.5", ", for: EXECUTION")}
    ${linked("https://specs.apollo.dev/authenticated/v0.1", purpose)}
    ${linked("https://specs.apollo.dev/requiresScopes/v0.1", purpose)}
    ${linked("https://specs.apollo.dev/policy/v0.1", purpose)}
    ${linked("https://specs.apollo.dev/cacheTag/v0.1", purpose.replace("SECURITY", "EXECUTION"))}
    ${linked("https://specs.apollo.dev/context/v0.1", ", for: SECURITY")}
  { query: Query }
  type Query { me: Int @authenticated @policy(policies: [["self"]]) }`;
const seen = (text: string) => print(withoutPurposes(parse(text)));

test("links of authorization and of cache hints lose `for`, and nothing else changes", () => {
  expect(seen(sdl(", for: SECURITY"))).toBe(seen(sdl("")));
  expect(seen(sdl(", for: SECURITY"))).toContain("@authenticated @policy");
});

test("the gateway still refuses a link that the router does not enforce", () => {
  const text = seen(sdl(", for: SECURITY"));
  expect(text.match(/for: \w+/g)).toEqual(["for: EXECUTION", "for: SECURITY"]);
  expect(text).toMatch(/context\/v0.1", for: SECURITY/);
});
