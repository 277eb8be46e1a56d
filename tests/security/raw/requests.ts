// HTTP bytes that no client library sends: odd request lines, headers and bodies, and valid
// requests with random changes. It sends nothing.
import fc, { type Arbitrary } from "fast-check";

const QUERY = JSON.stringify({ query: "{ __typename }" });

interface Parts {
  readonly line?: string;
  /** Null: none. */
  readonly host?: readonly string[];
  readonly head?: readonly string[];
  readonly body?: string;
}

const TYPE = "Content-Type: application/json";
const length = (body: string) => `Content-Length: ${Buffer.byteLength(body)}`;

/** In Latin-1, so that a test can write every byte. */
export function request({ line, host = ["localhost"], head, body = QUERY }: Parts): Buffer {
  const lines = [
    line ?? "POST /graphql HTTP/1.1",
    ...host.map((each) => `Host: ${each}`),
    "Connection: close",
    ...(head ?? [TYPE, length(body)]),
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body}`, "latin1");
}

const byHost = (what: string, ...host: string[]) => [`host: ${what}`, request({ host })] as const;
const byLine = (line: string) => [`line: ${line.slice(0, 40)}`, request({ line })] as const;
const byHead = (what: string, head: readonly string[], body = QUERY) =>
  [`head: ${what}`, request({ head, body })] as const;
const chunked = (what: string, chunks: string) =>
  byHead(`chunks, ${what}`, [TYPE, "Transfer-Encoding: chunked"], chunks);
const QUERY_CHUNK = `${Buffer.byteLength(QUERY).toString(16)}\r\n${QUERY}\r\n`;

/** Requests without a valid host. Each gets our own 400, and nothing else happens. */
export const BAD_HOSTS: readonly (readonly [what: string, bytes: Buffer])[] = [
  byHost("none"),
  ["host: none, HTTP/1.0", request({ line: "POST /graphql HTTP/1.0", host: [] })],
  byHost("empty", ""),
  byHost("blanks", "   "),
  byHost("two words", "a b"),
  byHost("an open bracket", "["),
  byHost("an address that is none", "[::1"),
  byHost("bytes beyond ASCII", "caf\u00e9\u00ff"),
  byHost("twice", "x", "x"),
  byHost("two of them", "x", "y"),
  byHost("8 KB", "a".repeat(8_192)),
  byHost("a list", "a,b"),
  byHost("a URL", "http://x/"),
  byHost("a port beyond", "x:65536"),
  byHost("quotes", '"x"'),
  byHost("a tab", "a\tb"),
  byHost("a percent", "%zz"),
];

export const ODD_REQUESTS: readonly (readonly [what: string, bytes: Buffer])[] = [
  ...[
    "GET /graphql HTTP/1.0",
    "POST /graphql HTTP/1.0",
    "POST /graphql HTTP/0.9",
    "POST /graphql HTTP/2.0",
    "POST /graphql HTTP/9.9",
    "POST /graphql",
    "POST  /graphql  HTTP/1.1",
    "POST http://x/graphql HTTP/1.1",
    "POST http://[/graphql HTTP/1.1",
    "POST https://user:pass@x/graphql HTTP/1.1",
    "POST x:80 HTTP/1.1",
    "POST * HTTP/1.1",
    "OPTIONS * HTTP/1.1",
    "CONNECT x:443 HTTP/1.1",
    "CONNECT /graphql HTTP/1.1",
    "POST //[/graphql HTTP/1.1",
    "POST /%E0%A4%A HTTP/1.1",
    "POST /graphql/%ff HTTP/1.1",
    "POST /graphql?%=%&query=%E0%A4 HTTP/1.1",
    "GET /graphql?query=%7B&variables=%7B HTTP/1.1",
    "GET /graphql?query={__typename}&query={__typename} HTTP/1.1",
    `GET /graphql?query=${"[".repeat(10_000)} HTTP/1.1`,
    "GET /graphiql/static/%2e%2e/%2e%2e/package.json HTTP/1.1",
    "GET /graphiql/static/%00 HTTP/1.1",
    "GET /graphiql/static/% HTTP/1.1",
    "GET /graphiql/static/ HTTP/1.1",
    "HEAD /graphql HTTP/1.1",
    "TRACE /graphql HTTP/1.1",
    "PROPFIND /graphql HTTP/1.1",
    "QUERY /graphql HTTP/1.1",
    "LINK /graphql HTTP/1.1",
    "BREW /graphql HTTP/1.1",
    "post /graphql HTTP/1.1",
    "PRI * HTTP/2.0",
    "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "\0\0\0\0",
    `POST /${"a".repeat(15_000)} HTTP/1.1`,
    `POST /${"a/".repeat(5_000)} HTTP/1.1`,
  ].map(byLine),
  byHead("no length", [TYPE]),
  byHead("a length beyond the body", [TYPE, "Content-Length: 100"]),
  byHead("a length within the body", [TYPE, "Content-Length: 3"]),
  byHead("a length below 0", [TYPE, "Content-Length: -1"]),
  byHead("a length with a sign", [TYPE, "Content-Length: +26"]),
  byHead("a length that is no number", [TYPE, "Content-Length: 0x1a"]),
  byHead("an endless length", [TYPE, `Content-Length: ${"9".repeat(400)}`]),
  byHead("two lengths", [TYPE, length(QUERY), length(QUERY)]),
  byHead("two lengths that differ", [TYPE, length(QUERY), "Content-Length: 1"]),
  byHead("length and chunks", [TYPE, length(QUERY), "Transfer-Encoding: chunked"], QUERY_CHUNK),
  byHead("another coding", [TYPE, "Transfer-Encoding: gzip"]),
  byHead("chunks under another coding", [TYPE, "Transfer-Encoding: chunked, gzip"]),
  chunked("well", `${QUERY_CHUNK}0\r\n\r\n`),
  chunked("unended", QUERY_CHUNK),
  chunked("of no number", "zz\r\n{}\r\n0\r\n\r\n"),
  chunked("of an endless size", `${"f".repeat(64)}\r\n{}\r\n`),
  chunked("below 0", "-1\r\n{}\r\n0\r\n\r\n"),
  chunked("with extensions", `1a;${"a=b;".repeat(8_000)}\r\n${QUERY}\r\n0\r\n\r\n`),
  chunked("with trailers", `${QUERY_CHUNK}0\r\nHost: y\r\nX: y\r\n\r\n`),
  byHead("an expectation", [TYPE, length(QUERY), "Expect: 100-continue"]),
  byHead("another expectation", [TYPE, length(QUERY), "Expect: the unexpected"]),
  byHead("an upgrade to HTTP/2", [TYPE, length(QUERY), "Connection: Upgrade", "Upgrade: h2c"]),
  byHead("an upgrade to nothing", [TYPE, length(QUERY), "Connection: Upgrade", "Upgrade: "]),
  byHead("no type", [length(QUERY)]),
  byHead("an odd type", ["Content-Type: ;;;=", length(QUERY)]),
  byHead("a type beyond ASCII", ["Content-Type: application/json\u00ff", length(QUERY)]),
  byHead("a folded header", [TYPE, length(QUERY), "X: a\r\n b"]),
  byHead("a header without a name", [TYPE, length(QUERY), ": a"]),
  byHead("a header without a colon", [TYPE, length(QUERY), "nothing"]),
  byHead("a name with a blank", [TYPE, length(QUERY), "a b: c"]),
  byHead("a NUL in a value", [TYPE, length(QUERY), "X: \0"]),
  byHead("bare line feeds", [TYPE, length(QUERY), "X: a\nY: b"]),
  byHead("3,000 headers", [TYPE, length(QUERY), ...Array(3_000).fill("a: b")]),
  byHead("20 KB of a header", [TYPE, length(QUERY), `X: ${"a".repeat(20_000)}`]),
  byHead("an odd accept", [TYPE, length(QUERY), "Accept: ;q=,*/*;;\u00ff"]),
  byHead("an odd proxy", [TYPE, length(QUERY), "X-Forwarded-For: [, \u00ff", "Forwarded: ]"]),
  byHead("an odd trace", [TYPE, length(QUERY), "traceparent: \u00ff"]),
  byHead("an odd token", [TYPE, length(QUERY), "Authorization: Bearer \u00ff.\u00ff.\u00ff"]),
  byHead("60,000 levels", [TYPE, length("[".repeat(60_000))], "[".repeat(60_000)),
  byHead(
    "a prototype under 20,000 levels",
    [TYPE, "Transfer-Encoding: chunked"],
    chunkOf(`${'{"__proto__":'.repeat(6_000)}0${"}".repeat(6_000)}`),
  ),
  ["pipelined: twice", Buffer.concat([request({}), request({})])],
  ["pipelined: noise behind", Buffer.concat([kept(), Buffer.from("NOISE\r\n\r\n")])],
  ["pipelined: a bad host behind", Buffer.concat([kept(), request({ host: [] })])],
  ["pipelined: a hundred", Buffer.concat(Array.from({ length: 100 }, kept))],
];

function chunkOf(body: string): string {
  return `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`;
}

/** A request that leaves the connection open. */
function kept(): Buffer {
  return Buffer.from(request({}).toString("latin1").replace("Connection: close\r\n", ""), "latin1");
}

const BYTES = [
  "\0",
  "\r",
  "\n",
  "\r\n\r\n",
  " ",
  "\t",
  ":",
  "\x7f",
  "\xff",
  "[",
  "]",
  "%",
  "/",
  "?",
];

/** Valid requests with one to six bytes removed, doubled or replaced. */
export const changedRequests: Arbitrary<Buffer> = fc
  .tuple(
    fc.constantFrom(request({}), ...ODD_REQUESTS.map(([, bytes]) => bytes)),
    fc.array(
      fc.record({ at: fc.nat(), lost: fc.nat({ max: 2 }), put: fc.constantFrom("", ...BYTES) }),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([bytes, changes]) => {
    let text = bytes.toString("latin1");
    for (const { at, lost, put } of changes) {
      // The most important bytes are at the beginning.
      const where = at % Math.min(text.length, 200);
      text = text.slice(0, where) + put + text.slice(where + lost);
    }
    return Buffer.from(text, "latin1");
  });
