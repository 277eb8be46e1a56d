// Guarantees about the HTTP status of refusals: 200 for a client that accepts only the older media
// type, if the request was GraphQL.
import { HeaderMap } from "@apollo/server";
import { describe, expect, test } from "vitest";
import { fail } from "#kit/errors";
import { statusFor } from "./status.ts";

const unparsable = [fail("GRAPHQL_PARSE_FAILED", "x")];
const from = (accept?: string) => ({ headers: new HeaderMap(accept ? [["accept", accept]] : []) });

describe("a refused document has the status", () => {
  test.each<[number, string, string | undefined]>([
    [200, "the older type", "application/json"],
    [200, "the older type with parameters, in capitals", "Application/JSON; charset=utf-8; q=0.9"],
    [200, "the older type and a page", "text/html, application/json"],
    [400, "nothing", undefined],
    [400, "anything", "*/*"],
    [400, "the older type and anything", "application/json, text/plain, */*"],
    [400, "any application", "application/json, application/*;q=0.5"],
    [400, "the newer type", "application/graphql-response+json"],
    [400, "both types", "application/graphql-response+json, application/json;q=0.9"],
    [400, "something else", "text/html"],
  ])("%i for a client that accepts %s", (status, _what, accept) => {
    expect(statusFor(from(accept), 400, unparsable)).toBe(status);
  });
});

describe("for a client that accepts only the older type, no other status changes:", () => {
  test.each([200, 401, 405, 413, 429, 500, 503])("%i", (status) => {
    expect(statusFor(from("application/json"), status, unparsable)).toBe(status);
  });

  test("nor that of a request that is not GraphQL", () => {
    expect(statusFor(from("application/json"), 400, [fail("BAD_REQUEST", "x")])).toBe(400);
  });
});
