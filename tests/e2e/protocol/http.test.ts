// All audits of GraphQL over HTTP by graphql-http against the router of the stack, those of MUST,
// SHOULD and MAY: we meet recommendations too. Other cases are in door.test.ts and
// tests/security/transport.test.ts.
import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { graphqlUrl } from "../../kit/stack.ts";
import { type Library, startLibrary } from "../router/harness.ts";

/**
 * Adds a header that another site's form cannot send, as good clients do. The router refuses a GET
 * without one; the POSTs of the audits do not need it.
 */
const fetchFn: typeof fetch = (url, init) =>
  fetch(url, { ...init, headers: { ...init?.headers, "apollo-require-preflight": "true" } });

const audits = serverAudits({ url: () => graphqlUrl(), fetchFn });

test("no audit is left out", () => {
  const levels = audits.map(({ name }) => name.split(" ", 1)[0]);
  const count = (level: string) => levels.filter((each) => each === level).length;
  expect([count("MUST"), count("SHOULD"), count("MAY")]).toEqual([13, 23, 25]);
});

describe("the router passes", () => {
  test.each(audits)("$id: $name", async ({ fn }) => {
    const result = await fn();
    expect(result.status, "reason" in result ? result.reason : "").toBe("ok");
  });
});

describe("beyond the audits:", () => {
  let library: Library;
  beforeAll(async () => {
    library = await startLibrary();
  });
  afterAll(() => library.stop());

  const ask = async (query: string, accept: string) => {
    const headers = { accept, "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify({ query }) };
    const response = await fetch(library.url, init);
    const type = response.headers.get("content-type");
    return { status: response.status, type, body: await response.json() };
  };
  const OLDER = "application/json";
  const NEWER = "application/graphql-response+json";
  const refusal = (code: string) => ({ errors: [{ extensions: { code } }] });

  test.each([
    [OLDER, 200, OLDER],
    [NEWER, 400, NEWER],
    [`${NEWER}, ${OLDER};q=0.9`, 400, NEWER],
    ["*/*", 400, OLDER],
  ])(
    "for a client that accepts %s, a refusal by a limit has status %i",
    async (accept, status, type) => {
      const answer = await ask(`{ ${"whoAmI ".repeat(30)} }`, accept);
      expect(answer).toMatchObject({ status, body: refusal("OPERATION_TOO_COMPLEX") });
      expect(answer.type).toBe(`${type}; charset=utf-8`);
    },
  );

  test("an invalid token is a 401, whatever the client accepts", async () => {
    for (const accept of [OLDER, NEWER]) {
      const { status, errors } = await library.ask("{ whoAmI }", { as: "x", headers: { accept } });
      expect([status, errors]).toMatchObject([401, [{ extensions: { code: "UNAUTHENTICATED" } }]]);
    }
  });

  test("a client that accepts none of our media types is refused before anything runs", async () => {
    const before = library.authors.arrivals.length;
    const rename = `mutation { rename(input: { id: 1, name: "x" }) { name } }`;
    expect(await ask(rename, "text/html")).toMatchObject({
      status: 406,
      body: refusal("BAD_REQUEST"),
    });
    expect(library.authors.arrivals).toHaveLength(before);
    expect(await ask(rename, OLDER)).toMatchObject({ status: 200 });
    expect(library.authors.arrivals).toHaveLength(before + 1);
  });
});
