// Guarantees about the rules of `@sessionToken`.
import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { sessionTokens } from "./session-tokens.ts";

const findings = (sdl: string) => sessionTokens(parse(sdl)).map(({ coordinate }) => coordinate);
const SECRET = "@constraint(maxLength: 512, isSecret: true, text: TOKEN)";

it("a token in an answer and one in input pass, and so do fields without the directive", () => {
  expect(
    findings(`
      type Success { token: String! @sessionToken(lifeSeconds: 60) count: Int }
      type Known { token: String @sessionToken(name: "device", lifeSeconds: 34560000) }
      input Input { token: String! ${SECRET} @sessionToken name: String }
      input Optional { token: String ${SECRET} @sessionToken(name: "device") }
    `),
  ).toEqual([]);
});

describe("in an answer it", () => {
  it.each([
    ["has a life", "token: String! @sessionToken"],
    ["has a life above zero", "token: String! @sessionToken(lifeSeconds: 0)"],
    ["lives no longer than a cookie", "token: String! @sessionToken(lifeSeconds: 34560001)"],
    ["has a simple name", 'token: String @sessionToken(name: "a b", lifeSeconds: 60)'],
    ["is a text", "token: Int @sessionToken(lifeSeconds: 60)"],
    ["is no list", "token: [String!] @sessionToken(lifeSeconds: 60)"],
  ])("%s", (_, field) => {
    expect(findings(`type Success { ${field} }`)).toEqual(["Success.token"]);
  });
});

describe("in input it", () => {
  it.each([
    ["is a secret", "token: String! @constraint(text: TOKEN) @sessionToken"],
    ["says that it is one", "token: String! @sessionToken"],
    ["has no life", `token: String! ${SECRET} @sessionToken(lifeSeconds: 60)`],
    ["has a simple name", `token: String ${SECRET} @sessionToken(name: "A")`],
    ["is a text", `token: ID! ${SECRET} @sessionToken`],
    [
      "may be empty",
      "token: String! @constraint(minLength: 1, isSecret: true, text: TOKEN) @sessionToken",
    ],
  ])("%s", (_, field) => {
    expect(findings(`input Input { ${field} }`)).toEqual(["Input.token"]);
  });
});
