// The ports of subgraphs: a subgraph answers only the router, whatever the request; and metrics are
// available on this machine only. subgraph-sockets.test.ts has the WebSockets.
import { networkInterfaces } from "node:os";
import { describe, expect, test } from "vitest";
import { subgraphNames } from "../../local/project.ts";
import { stack } from "../kit/stack.ts";
import { BAD, identity, REFUSED } from "./bad-identities.ts";
import { exchange } from "./raw-http.ts";

const ASKED = {
  query: "{ __typename }",
  service: "{ _service { sdl } }",
  entities: `{ _entities(representations: [{ __typename: "User", id: "1" }]) { __typename } }`,
  introspection: "{ __schema { types { name } } }",
  "text that is not GraphQL": "{",
};

const CASES = subgraphNames().flatMap((subgraph) =>
  Object.entries(ASKED).flatMap(([what, query]) =>
    BAD.map(([how, make]) => ({ subgraph, what, how, query, make })),
  ),
);

const urlsOf = (subgraph: string) => stack().urls.subgraphs[subgraph] ?? [];

async function post(url: string, query: string, token: string | undefined) {
  const response = await fetch(new URL("/graphql", url), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token !== undefined && { "router-identity": token }),
    },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: await response.json() };
}

describe("each replica of a subgraph refuses", () => {
  test.each(CASES)("$subgraph: $what with $how", async ({ subgraph, query, make }) => {
    for (const url of urlsOf(subgraph)) {
      expect(await post(url, query, await make())).toEqual({ status: 401, body: REFUSED });
    }
  });

  test.each(subgraphNames())("%s: the same in the user's own header", async (subgraph) => {
    const [url = ""] = urlsOf(subgraph);
    const head = [`authorization: Bearer ${await identity()}`];
    const body = JSON.stringify({ query: "{ __typename }" });
    const answer = await exchange(`${url}/graphql`, { head, body });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([401, REFUSED]);
  });

  test.each(subgraphNames())(
    "%s: but the router's own is accepted, so the table can fail",
    async (subgraph) => {
      const [url = ""] = urlsOf(subgraph);
      expect(await post(url, "{ __typename }", await identity())).toEqual({
        status: 200,
        body: { data: { __typename: "Query" } },
      });
      const introspected = await post(url, ASKED.introspection, await identity());
      const refusal = { errors: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }] };
      expect(introspected).toMatchObject({ status: 400, body: refusal });
    },
  );
});

const PATHS: readonly (readonly [string, string, number])[] = [
  ["GET", "/graphql", 404],
  ["GET", "/graphiql", 404],
  ["GET", "/sandbox", 404],
  ["PUT", "/graphql", 404],
  ["GET", "/metrics", 404],
  ["GET", "/livez", 200],
  ["GET", "/readyz", 200],
];

describe("outside GraphQL a subgraph reveals nothing:", () => {
  test.each(subgraphNames().flatMap((name) => PATHS.map((path) => [name, ...path] as const)))(
    "%s, %s %s is %i",
    async (subgraph, method, path, status) => {
      const response = await fetch(new URL(path, urlsOf(subgraph)[0]), { method });
      expect([response.status, await response.json()]).toMatchObject([
        status,
        status === 200 ? { status: "ok" } : { errors: [{ extensions: { code: "NOT_FOUND" } }] },
      ]);
    },
  );

  test.each(BAD)("users hides its key set from %s", async (_how, make) => {
    const token = await make();
    const headers: Record<string, string> = token === undefined ? {} : { "router-identity": token };
    const response = await fetch(new URL("/.well-known/jwks.json", urlsOf("users")[0]), {
      headers,
    });
    expect([response.status, await response.json()]).toEqual([401, REFUSED]);
  });
});

describe("the address for operators", () => {
  const adminOf = (name: string) => stack().urls.admin[name] ?? "";
  const services = [...subgraphNames(), "workers", "router"];

  test.each(["/graphql", "/graphiql", "/sandbox", "/.well-known/jwks.json", "/"])(
    "does not serve %s",
    async (path) => {
      for (const name of services) {
        expect((await fetch(new URL(path, adminOf(name)))).status, name).toBe(404);
      }
    },
  );

  test("is not the router's", async () => {
    expect((await fetch(new URL("/metrics", stack().urls.routers[0]))).status).toBe(404);
  });

  test.each(services)("of %s answers only this machine", async (name) => {
    expect((await fetch(new URL("/metrics", adminOf(name)))).status).toBe(200);
    const { port } = new URL(adminOf(name));
    const outside = Object.values(networkInterfaces())
      .flat()
      .flatMap((each) => (each && !each.internal && each.family === "IPv4" ? [each.address] : []));
    for (const address of outside) {
      await expect(fetch(`http://${address}:${port}/metrics`)).rejects.toThrow();
    }
  });

  test.each(services)("of %s refuses pages whose name leads to this machine", async (name) => {
    const url = new URL("/metrics", adminOf(name)).href;
    const answer = await exchange(url, { method: "GET", host: "rebound.example" });
    expect([answer.status, answer.body]).toEqual([421, expect.not.stringContaining("process_cpu")]);
  });
});
