// The router's HTTP and WebSocket endpoints: invalid requests, other origins, production settings,
// metrics, and stopping.
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { codeOf } from "../../kit/socket.ts";
import { type Library, startLibrary } from "./harness.ts";

let library: Library;
beforeAll(async () => {
  library = await startLibrary();
});
afterAll(() => library.stop());

const JSON_TYPE = { "content-type": "application/json" };
const QUERY = JSON.stringify({ query: "{ whoAmI }" });

describe("over HTTP", () => {
  test.each<[string, string, RequestInit, number]>([
    ["invalid JSON", "", { method: "POST", headers: JSON_TYPE, body: "{" }, 400],
    ["a batch", "", { method: "POST", headers: JSON_TYPE, body: `[${QUERY}]` }, 400],
    ["a form", "", { method: "POST", body: new URLSearchParams({ query: "{ whoAmI }" }) }, 415],
    [
      "plain text",
      "",
      { method: "POST", headers: { "content-type": "text/plain" }, body: QUERY },
      415,
    ],
    [
      "a megabyte",
      "",
      { method: "POST", headers: JSON_TYPE, body: `"${"x".repeat(1_000_000)}"` },
      413,
    ],
    ["PUT", "", { method: "PUT", headers: JSON_TYPE, body: QUERY }, 405],
    ["a GET that another site could send", "?query={whoAmI}", {}, 400],
    [
      "a mutation by GET",
      "?query=mutation{rename(input:{id:1,name:%222%22}){id}}",
      { headers: { "apollo-require-preflight": "1" } },
      405,
    ],
    ["another address", "/nothing", {}, 404],
  ])("%s is refused in the shape of GraphQL", async (_what, suffix, init, status) => {
    const response = await fetch(library.url + suffix, init);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: expect.stringMatching(/^(BAD_REQUEST|NOT_FOUND)$/) } }],
    });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("GET runs a query if no other site can send the request", async () => {
    const headers = { "apollo-require-preflight": "1" };
    const response = await fetch(`${library.url}?query={whoAmI}`, { headers });
    expect(await response.json()).toEqual({ data: { whoAmI: "anonymous" } });
  });

  test("the router becomes ready when all subgraphs answer, and stays ready while any does", async () => {
    const own = await startLibrary();
    const ready = async () => (await fetch(new URL("/readyz", own.url))).status;
    await own.authors.stop();
    expect(await ready()).toBe(503);
    const authors = await own.restartAuthors();
    await expect.poll(ready, { timeout: 5_000 }).toBe(200);
    await authors.stop();
    const isAuthorsDown = () => own.ask("{ author(id: 1) { name } }").then(({ errors }) => errors);
    const outage = [{ extensions: { code: "SUBGRAPH_UNAVAILABLE" } }];
    await expect.poll(isAuthorsDown, { timeout: 5_000 }).toMatchObject(outage);
    expect(await ready()).toBe(200);
    await own.books.stop();
    await expect.poll(ready, { timeout: 5_000 }).toBe(503);
    expect((await fetch(new URL("/livez", own.url))).status).toBe(200);
    await own.stop();
  });
});

describe("over WebSocket", () => {
  test("answers and errors equal those of HTTP, and invalid operations leave the socket open", async () => {
    const socket = await library.connect({ as: await library.token("ada") });
    const id = socket.subscribe("{ whoAmI refused }");
    expect((await socket.next(id)).payload).toMatchObject({
      data: { whoAmI: "ada", refused: null },
      errors: [{ path: ["refused"], extensions: { code: "CONFLICT" } }],
    });
    expect((await socket.next(id)).type).toBe("complete");
    for (const [query, code] of [
      ["{", "GRAPHQL_PARSE_FAILED"],
      ["{ nothing }", "GRAPHQL_VALIDATION_FAILED"],
      ["subscription ($id: ID!) { books { id } }", "GRAPHQL_VALIDATION_FAILED"],
      ["query ($id: ID!) { book(id: $id) { id } }", "BAD_USER_INPUT"],
      ["subscription ($n: String!) { shelf(name: $n) { seq } }", "BAD_USER_INPUT"],
      [`{ ${"whoAmI ".repeat(2_001)} }`, "GRAPHQL_PARSE_FAILED"],
    ]) {
      const frame = await socket.next(socket.subscribe(query ?? ""));
      expect([frame.type, codeOf(frame)]).toEqual(["error", code]);
    }
    expect(await socket.event(socket.subscribe("{ whoAmI }"))).toEqual({ whoAmI: "ada" });
    socket.close();
  });

  test("another origin and another path are refused", async () => {
    const refusal = async (url: string, headers: Record<string, string> = {}) => {
      const socket = new WebSocket(url, "graphql-transport-ws", { headers });
      const [error] = (await once(socket, "error")) as [Error];
      return /\d{3}/.exec(error.message)?.[0];
    };
    const url = library.url.replace(/^http/, "ws");
    expect(await refusal(url, { origin: "https://evil.test" })).toBe("403");
    expect(await refusal(url, { origin: "null" })).toBe("403");
    expect(await refusal(url.replace("/graphql", "/other"))).toBe("404");
    const own = new WebSocket(url, "graphql-transport-ws", { origin: new URL(library.url).origin });
    await once(own, "open");
    own.terminate();
  });

  test("a socket runs 50 operations at once and refuses the next", async () => {
    const socket = await library.connect();
    const shelf = library.shelf("many");
    const ids = Array.from({ length: 51 }, () =>
      socket.subscribe(`subscription { shelf(name: "many") { seq } }`),
    );
    const refused = await socket.next(ids[50]);
    expect([refused.type, codeOf(refused)]).toEqual(["error", "RATE_LIMITED"]);
    await shelf.listening(50);
    socket.close();
    await shelf.listening(0);
  });
});

test("production has no introspection, no hints of names and no landing page", async () => {
  const own = await startLibrary({ env: { NODE_ENV: "production" } });
  const introspection = await own.ask("{ __schema { types { name } } }");
  expect(introspection.status).toBe(400);
  const typo = await own.ask("{ whoAmII }");
  expect(typo.errors?.[0]?.message).not.toMatch(/did you mean/i);
  for (const page of ["/sandbox", "/graphiql", "/graphiql/static/ruru.js"]) {
    expect((await fetch(new URL(page, own.url))).status).toBe(404);
    expect((await fetch(new URL(page, library.url))).status).toBe(200);
  }
  await own.stop();
});

test("metrics count operations, fetches and open subscriptions, without personal data", async () => {
  const socket = await library.connect({ as: await library.token("ada-the-viewer") });
  socket.subscribe(`subscription Secret { shelf(name: "counted") { seq } }`);
  await library.shelf("counted").listening(1);
  await library.ask("query Named { whoAmI }");
  const text = await (await fetch(new URL("/metrics", library.router.adminUrl))).text();
  expect(text).toMatch(
    /^router_operations_total\{operation="other",kind="query",outcome="ok"\} [1-9]/m,
  );
  expect(text).toMatch(
    /^router_operation_duration_seconds_count\{operation="other",kind="query"\} [1-9]/m,
  );
  expect(text).toMatch(
    /router_subgraph_call_duration_seconds_count\{subgraph="authors",outcome="ok"\}/,
  );
  expect(text).toMatch(/^router_open_subscriptions 1$/m);
  expect(text).toMatch(/^process_cpu_user_seconds_total/m);
  expect(text).not.toMatch(/ada-the-viewer|Secret|Named/);
  expect((await fetch(new URL("/metrics", library.url))).status).toBe(404);
  socket.close();
});

test("a stopping router answers running requests, closes sockets with 1001 and accepts nothing new", async () => {
  const own = await startLibrary();
  const [idle, busy] = await Promise.all([own.connect(), own.connect()]);
  idle.subscribe(`subscription { shelf(name: "s") { seq } }`);
  await own.shelf("s").listening(1);
  const release = own.authors.hold(2);
  const answer = own.ask("{ whoAmI }");
  const id = busy.subscribe("{ me: whoAmI }");
  await expect.poll(() => own.authors.arrivals.length).toBe(2);
  const stopped = own.router.stop();
  const late = await idle.next(idle.subscribe("{ whoAmI }"));
  expect([late.type, codeOf(late)]).toEqual(["error", "SUBGRAPH_UNAVAILABLE"]);
  release();
  expect((await answer).data).toEqual({ whoAmI: "anonymous" });
  expect(await busy.event(id)).toEqual({ me: "anonymous" });
  expect([(await idle.closed).code, (await busy.closed).code]).toEqual([1001, 1001]);
  await own.shelf("s").listening(0);
  await stopped;
  await expect(fetch(own.url)).rejects.toThrow();
  await Promise.all([own.authors.stop(), own.books.stop()]);
});
