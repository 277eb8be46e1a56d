// Invalid requests to the router in development: the exact refusals, slow clients, and the headers
// of answers and pages. production.test.ts checks the same for production.
import { connect as connectTcp } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OwnRouter, startOwnRouter } from "../kit/own-router.ts";
import { graphqlUrl, stack } from "../kit/stack.ts";
import { answerTo, FOREIGN, PREFLIGHT, QUICK, REFUSED, tellingHeaders } from "./transport.ts";

const REQUEST_MS = 500;
const CUT_WITHIN_MS = 5_000;
/** For subgraphs, whose timeout of a request is not a setting. */
const SUBGRAPH_CUT_WITHIN_MS = 20_000;

let impatient: OwnRouter;
let slowToSubgraph: Promise<Cut>;
beforeAll(async () => {
  const [subgraph = ""] = stack().urls.subgraphs.events ?? [];
  slowToSubgraph = trickle(subgraph, "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Ty");
  impatient = await startOwnRouter({ LIMITS: JSON.stringify({ requestMs: REQUEST_MS }) });
});
afterAll(() => impatient?.stop());

interface Cut {
  readonly afterMs: number;
  readonly answer: string;
}

/** Sends a part of a request. Resolves when the server ends the connection. */
function trickle(url: string, text: string): Promise<Cut> {
  const { hostname, port } = new URL(url);
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connectTcp(Number(port), hostname, () => socket.write(text));
    socket.setEncoding("utf8");
    socket.on("data", (part) => {
      answer += part;
    });
    socket.on("error", reject);
    socket.on("close", () => resolve({ afterMs: performance.now() - startedAt, answer }));
  });
}

const refusal = (status: string, message: string) => {
  const body = JSON.stringify({ errors: [{ message, extensions: { code: "BAD_REQUEST" } }] });
  const head = [
    `HTTP/1.1 ${status}`,
    "Connection: close",
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${body.length}`,
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
};
const TOO_SLOW = refusal("408 Request Timeout", "The request arrived too slowly: send it again.");

describe("these are refused:", () => {
  test.each(REFUSED)("$what", async ({ search = "", init, status, message }) => {
    const answer = await answerTo(graphqlUrl() + search, init);
    const errors = [{ message, extensions: { code: "BAD_REQUEST" } }];
    expect([answer.status, answer.body]).toEqual([status, { errors }]);
    expect(tellingHeaders(answer.headers)).toEqual([]);
  });

  test("invalid HTTP, and endless headers", async () => {
    const [noHttp, endless] = await Promise.all([
      trickle(graphqlUrl(), "HELLO\r\n\r\n"),
      trickle(graphqlUrl(), `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${"x".repeat(20_000)}\r\n\r\n`),
    ]);
    expect(noHttp.answer).toBe(refusal("400 Bad Request", "This is not HTTP."));
    const tooLong = refusal("431 Request Header Fields Too Large", "The headers are too long.");
    expect(endless.answer).toBe(tooLong);
  });
});

describe("another site", () => {
  test("gets no permission, neither in a preflight nor in an answer", async () => {
    const before = await answerTo(graphqlUrl(), PREFLIGHT);
    expect(before.status).toBe(403);
    expect(tellingHeaders(before.headers)).toEqual([]);
    const after = await answerTo(graphqlUrl(), FOREIGN);
    expect(after.status).toBe(403);
    expect(tellingHeaders(after.headers)).toEqual([]);
  });
});

describe("a client that sends too slowly is disconnected,", () => {
  const head = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

  test.each([
    ["saying nothing", ""],
    ["in the middle of the headers", head],
    ["in the middle of the body", `${head}Content-Length: 100\r\n\r\n{"query`],
    ["in the middle of a chunk", `${head}Transfer-Encoding: chunked\r\n\r\n64\r\n{"query`],
  ])("%s", async (_where, text) => {
    const counter = `router_limit_refusals_total{limit="requestMs"}`;
    const before = await impatient.counted(counter);
    const { afterMs, answer } = await trickle(impatient.url, text);
    expect(answer).toBe(TOO_SLOW);
    expect(afterMs).toBeGreaterThanOrEqual(REQUEST_MS - 1);
    expect(afterMs).toBeLessThan(CUT_WITHIN_MS);
    expect(await impatient.counted(counter)).toBe(before + 1);
  });

  test("but a quick one is not, and a WebSocket stays open", async () => {
    const { body } = await answerTo(impatient.url, QUICK);
    expect(body).toEqual({ data: { __typename: "Query" } });
    const upgrade = [
      "GET /graphql HTTP/1.1",
      "Host: localhost",
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
      "Sec-WebSocket-Protocol: graphql-transport-ws",
    ];
    // It is closed by the timeout for connection_init, and not before.
    const { afterMs, answer } = await trickle(impatient.url, `${upgrade.join("\r\n")}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 101 /);
    expect(afterMs).toBeGreaterThan(4_000);
  });

  test("at a subgraph too", { timeout: 2 * SUBGRAPH_CUT_WITHIN_MS }, async () => {
    const { afterMs, answer } = await slowToSubgraph;
    expect(answer).toBe(TOO_SLOW);
    expect(afterMs).toBeLessThan(SUBGRAPH_CUT_WITHIN_MS);
  });
});

describe("the headers of", () => {
  test.each([
    ["/graphql?query={__typename}", "no-store"],
    ["/livez", "no-store"],
    ["/nothing", "no-store"],
    ["/.well-known/jwks.json", "public, max-age=60"],
  ])("an answer at %s state its type, and whether it may be cached", async (path, kept) => {
    const headers = { "apollo-require-preflight": "1" };
    const response = await fetch(new URL(path, graphqlUrl()), { headers });
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("cache-control")).toBe(kept);
    expect(tellingHeaders(response.headers)).toEqual([]);
  });

  test.each([
    ["/graphiql", "'self'"],
    ["/sandbox", "https://*.apollographql.com"],
  ])("the page at %s limit what it loads, and forbid framing", async (path, scripts) => {
    const response = await fetch(new URL(path, graphqlUrl()));
    const policy = response.headers.get("content-security-policy") ?? "";
    const sources = new Map(
      policy.split("; ").map((each) => [each.split(" ", 1)[0], each.split(" ").slice(1)]),
    );
    expect(sources.get("default-src")).toEqual(["'none'"]);
    expect(sources.get("frame-ancestors")).toEqual(["'none'"]);
    const [allowed, ...inline] = sources.get("script-src") ?? [];
    expect(allowed).toBe(scripts);
    const scriptsOfPage = (await response.text()).match(/<script\b(?![^>]*\bsrc=)/g);
    expect(inline).toHaveLength(scriptsOfPage?.length ?? 0);
    expect(inline.every((each) => /^'sha256-[\w+/]{43}='$/.test(each))).toBe(true);
  });
});
