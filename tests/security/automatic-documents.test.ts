// Automatic persisted queries, which clients register and only development accepts: a document is
// then found by its hash, unless it was refused.
import { beforeAll, describe, expect, test } from "vitest";
import { graphqlUrl } from "../kit/stack.ts";
import { aPerson, type Person } from "../kit/stories.ts";
import * as documents from "./documents.ts";
import { byId, hashOf, listed, NOT_FOUND, refusal } from "./documents.ts";

let me: Person;
beforeAll(async () => {
  me = await aPerson();
});

const answer = (request: documents.RequestBody) =>
  documents.answer(graphqlUrl(), request, me.token);
const myself = () => ({ status: 200, data: { me: { id: me.id } } });

describe("a document that a client registers", () => {
  const own = (name: string) => `query ${name} { me { id } }`;

  test("is then found by its hash, over both transports", async () => {
    const [query, id] = [own("Automatic"), hashOf(own("Automatic"))];
    expect(await answer(byId(id))).toEqual(NOT_FOUND);
    expect(await documents.post(graphqlUrl(), { query, ...byId(id) }, me.token)).toEqual(myself());
    expect(await answer(byId(id))).toEqual(myself());
  });

  test("is refused with another document's hash", async () => {
    const request = { query: own("Mismatched"), ...byId(hashOf(own("Other"))) };
    expect(await answer(request)).toEqual({
      status: 400,
      ...refusal("BAD_REQUEST", "provided sha does not match query"),
    });
    expect(await answer(byId(hashOf(own("Other"))))).toEqual(NOT_FOUND);
  });

  test.each([
    ["too costly", `query C1 ${listed("Costly").body.slice("query Costly".length)}`],
    [
      "too deep",
      `query D1 { me ${"{ registrations { edges { node { event ".repeat(4)} { id } ${"} } } }".repeat(4)} }`,
    ],
    ["not GraphQL", "query N1 {"],
    ["not of the schema", "query V1 { nothing }"],
    ["bad in its variables", "query B1($id: ID!) { user(id: $id) { id } }"],
    ["a mutation by GET", "mutation M1 { signOut { __typename } }"],
  ])("is not stored if it is %s", async (what, query) => {
    const id = hashOf(query);
    const request = { query, ...byId(id) };
    if (what.endsWith("GET")) {
      const url = new URL(graphqlUrl());
      url.searchParams.set("query", query);
      url.searchParams.set("extensions", JSON.stringify(request.extensions));
      const response = await fetch(url, { headers: { "apollo-require-preflight": "1" } });
      expect(response.status).toBe(405);
    } else expect((await answer(request)).status).toBe(400);
    expect(await answer(byId(id))).toEqual(NOT_FOUND);
  });
});
