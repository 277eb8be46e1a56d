// Pages of other origins: which may use the graph, over HTTP and WebSocket, and that a name which
// leads to this machine is not enough (DNS rebinding).
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Library, type LibraryOptions, startLibrary } from "../e2e/router/harness.ts";
import { exchange } from "./raw-http.ts";

const OURS = "https://meetinity.example";
const PORTAL = "https://portal.example";
const EVIL = "https://evil.test";
const JSON_TYPE = "content-type: application/json";
const QUERY = JSON.stringify({ query: "{ whoAmI }" });
const UPGRADE = [
  "upgrade: websocket",
  "connection: upgrade",
  "sec-websocket-version: 13",
  "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==",
  "sec-websocket-protocol: graphql-transport-ws",
];

const libraries: Library[] = [];
async function start(env: LibraryOptions["env"]): Promise<Library> {
  const library = await startLibrary({ env: env ?? {} });
  libraries.push(library);
  return library;
}
let deployed: Library;
let local: Library;
beforeAll(async () => {
  const production = { NODE_ENV: "production", RATE_LIMITS: "{}" };
  [deployed, local] = await Promise.all([
    start({ ...production, PUBLIC_URL: OURS, CORS_ORIGINS: PORTAL }),
    start({}),
  ]);
});
afterAll(() => Promise.all(libraries.map((library) => library.stop())));

/** A request as a proxy passes it on, with a name of its own as the host. */
const behindProxy = (head: readonly string[], method = "POST", body = QUERY) =>
  exchangeAs("router.internal:4000", deployed.url, head, method, body);

async function exchangeAs(
  host: string,
  url: string,
  head: readonly string[],
  method = "GET",
  body = "",
) {
  const answer = await exchange(url, { method, head, host, ...(method === "POST" && { body }) });
  const grants = answer.headers.match(/^access-control-[a-z-]+: .*$/gim) ?? [];
  return { ...answer, grants };
}

/** The status of an attempt to open a socket. The connection ends with the first bytes. */
async function upgrade(library: Library, origin: string | null, host?: string): Promise<number> {
  const head = [...UPGRADE, ...(origin === null ? [] : [`origin: ${origin}`])];
  const { status } = await exchange(library.url, {
    method: "GET",
    head,
    ...(host && { host }),
    isOverAtHead: true,
  });
  return status;
}

describe("a page of an allowed origin", () => {
  test.each([OURS, PORTAL])("%s may read answers, without credentials", async (origin) => {
    const answer = await behindProxy([`origin: ${origin}`, "cookie: meetinity_session=x"]);
    expect([answer.status, answer.body]).toEqual([200, `{"data":{"whoAmI":"anonymous"}}\n`]);
    expect(answer.grants.sort()).toEqual([
      `access-control-allow-origin: ${origin}`,
      "access-control-expose-headers: ratelimit, ratelimit-policy, retry-after",
    ]);
    expect(answer.headers).toMatch(/^vary: Origin$/im);
    expect(answer.headers).toMatch(/^ratelimit: /im);
  });

  test.each([OURS, PORTAL])("%s may send what clients send", async (origin) => {
    const head = [`origin: ${origin}`, "access-control-request-method: POST"];
    const { status, grants, headers } = await behindProxy(head, "OPTIONS");
    expect([status, grants.length]).toEqual([204, 5]);
    expect(grants).toContain(`access-control-allow-origin: ${origin}`);
    expect(grants).toContain("access-control-allow-methods: GET, POST");
    expect(headers).toMatch(/access-control-allow-headers: authorization, content-type,/);
    expect(headers).not.toMatch(/credentials|\*/);
  });

  test.each([OURS, PORTAL])("%s opens a socket, whatever the proxy calls us", async (origin) => {
    expect(await upgrade(deployed, origin, "router.internal:4000")).toBe(101);
  });
});

describe("a page of another origin", () => {
  const origins = [EVIL, `${OURS}.evil.test`, "http://meetinity.example", "null", ""];

  test.each(origins)("%j gets no grant, and its POST does not run", async (origin) => {
    const preflight = await behindProxy([`origin: ${origin}`], "OPTIONS");
    expect([preflight.status, preflight.grants]).toEqual([403, []]);
    const before = deployed.authors.arrivals.length;
    const answer = await behindProxy([`origin: ${origin}`]);
    expect([answer.status, answer.grants]).toEqual([403, []]);
    expect(answer.headers).toMatch(/^vary: Origin$/im);
    expect((await behindProxy([`origin: ${origin}`], "POST", "{")).status).toBe(403);
    expect(deployed.authors.arrivals.length).toBe(before);
    const read = await exchangeAs("x", `${deployed.url}?query={whoAmI}`, [`origin: ${origin}`]);
    expect([read.status, read.grants]).toEqual([400, []]);
  });

  test.each(origins)("%j opens no socket", async (origin) => {
    expect(await upgrade(deployed, origin, "router.internal:4000")).toBe(403);
    expect(await upgrade(local, origin)).toBe(403);
  });

  test("opens no socket by a host that equals its origin", async () => {
    expect(await upgrade(deployed, EVIL, "evil.test")).toBe(403);
    expect(await upgrade(deployed, "http://10.0.0.1:4000", "10.0.0.1:4000")).toBe(403);
  });
});

test("a program, which sends no origin, runs operations and opens sockets", async () => {
  expect((await behindProxy([])).status).toBe(200);
  expect(await upgrade(deployed, null, "router.internal:4000")).toBe(101);
});

describe("a router on this machine", () => {
  const port = () => new URL(local.url).port;
  const names = ["localhost", "127.0.0.1", "[::1]"];

  test.each(names)("may be used by its own pages at %s", async (name) => {
    const head = [`origin: http://${name}:${port()}`];
    const host = `${name}:${port()}`;
    const answer = await exchangeAs(host, local.url, head, "POST", QUERY);
    expect(answer.status).toBe(200);
    expect(await upgrade(local, `http://${name}:${port()}`, host)).toBe(101);
  });

  test.each(["evil.test", "localhost.evil.test", "10.0.0.1", "meetinity.example"])(
    "does not answer to the name %s, which anybody can lead to it",
    async (name) => {
      const host = `${name}:${port()}`;
      for (const path of ["/", "/graphql", "/session", "/livez", "/readyz", "/graphiql"]) {
        const { status, body } = await exchangeAs(host, new URL(path, local.url).href, []);
        expect([path, status, JSON.parse(body)]).toMatchObject([
          path,
          421,
          { errors: [{ extensions: { code: "FORBIDDEN" } }] },
        ]);
      }
      const head = [`origin: http://${host}`];
      expect((await exchangeAs(host, local.url, head, "POST", QUERY)).status).toBe(421);
      expect(await upgrade(local, `http://${host}`, host)).toBe(421);
      expect((await exchangeAs(host, local.router.adminUrl ?? "", [])).status).toBe(421);
    },
  );

  test("answers to the name in PUBLIC_URL", async () => {
    const own = await start({ PUBLIC_URL: "https://tunnel.example" });
    const answer = await exchangeAs("tunnel.example", own.url, [
      "origin: https://tunnel.example",
      JSON_TYPE,
    ]);
    expect(answer.status).not.toBe(421);
    expect(await upgrade(own, "https://tunnel.example", "tunnel.example")).toBe(101);
  });
});
