// The requests that the router refuses before it reads them as GraphQL, with the exact answers.
// They are the same in development and in production.
import { gzipSync } from "node:zlib";

const QUERY = "{ __typename }";
const BODY = JSON.stringify({ query: QUERY });
const JSON_TYPE = { "content-type": "application/json" };
const PREFLIGHTED = { "meetinity-preflight": "1" };
const MEGABYTE = 1_000_000;

const ONLY_GET_AND_POST = "Send a GraphQL request by POST, or a query by GET.";
const NO_TYPE = "Unsupported Media Type";
const NO_JSON = "Body is not valid JSON but content-type is set to 'application/json'";
const NOTHING_ASKED = "POST body missing, invalid Content-Type, or JSON object has no keys.";
const FORGED =
  "Another site could send this request: send `content-type: application/json`, or " +
  "`meetinity-preflight: 1` with a GET.";
const PACKED = "The body must not be compressed: send it without `content-encoding`.";

export interface Refused {
  readonly what: string;
  /** The query string after `/graphql`. */
  readonly search?: string;
  readonly init: RequestInit;
  readonly status: number;
  readonly message: string;
}

const post = (
  headers: Record<string, string>,
  body: NonNullable<RequestInit["body"]>,
): RequestInit => ({
  method: "POST",
  headers,
  body,
});
const byMethod = (method: string): Refused => ({
  what: method,
  init: { method, headers: JSON_TYPE, body: BODY },
  status: 405,
  message: ONLY_GET_AND_POST,
});
const noJson = (what: string, body: string, message = NO_JSON): Refused => ({
  what,
  init: post(JSON_TYPE, body),
  status: 400,
  message,
});
const noType = (what: string, init: RequestInit, message = NO_TYPE): Refused => ({
  what,
  init,
  status: 415,
  message,
});

function form(): FormData {
  const data = new FormData();
  data.set("operations", BODY);
  return data;
}

export const REFUSED: readonly Refused[] = [
  {
    what: "a mutation by GET",
    search: "?query=mutation{signOut{__typename}}",
    init: { headers: PREFLIGHTED },
    status: 405,
    message: "GET requests only support query operations, not mutation operations",
  },
  {
    what: "a GET that another site could send",
    search: `?query=${QUERY}`,
    init: {},
    status: 400,
    message: FORGED,
  },
  ...["PUT", "PATCH", "DELETE"].map(byMethod),
  noType("a form", { method: "POST", body: new URLSearchParams({ query: QUERY }) }),
  noType("a form of parts", { method: "POST", body: form() }),
  noType("plain text", post({ "content-type": "text/plain" }, BODY)),
  noType("a body without a type", { method: "POST", body: new Blob([BODY]) }),
  noType("a bare document", post({ "content-type": "application/graphql" }, QUERY)),
  noType(
    "UTF-16",
    post({ "content-type": "application/json; charset=utf-16" }, BODY),
    "The body must be in UTF-8.",
  ),
  noType("gzip", post({ ...JSON_TYPE, "content-encoding": "gzip" }, gzipSync(BODY)), PACKED),
  noType(
    "a gzip bomb",
    post({ ...JSON_TYPE, "content-encoding": "gzip" }, gzipSync("0".repeat(20 * MEGABYTE))),
    PACKED,
  ),
  noType("another packing", post({ ...JSON_TYPE, "content-encoding": "br" }, BODY), PACKED),
  {
    what: "a megabyte",
    init: post(JSON_TYPE, JSON.stringify({ query: "x".repeat(MEGABYTE) })),
    status: 413,
    message: "Request body is too large",
  },
  noJson("a batch", `[${BODY},${BODY}]`, "Operation batching disabled."),
  noJson("an empty batch", "[]", "Operation batching disabled."),
  noJson("JSON that is cut off", "{"),
  noJson("JSON that would change every object", `{"__proto__":{"x":1},"query":"${QUERY}"}`),
  noJson("nothing", "", "Body cannot be empty when content-type is set to 'application/json'"),
  noJson("null", "null", NOTHING_ASKED),
  noJson("a text", `"${QUERY}"`, NOTHING_ASKED),
  noJson(
    "no document",
    `{"variables":{}}`,
    "GraphQL operations must contain a non-empty `query` or a `persistedQuery` extension.",
  ),
];

/** The answer: status, headers, and the body without trace ids. */
export async function answerTo(url: string, init: RequestInit) {
  const response = await fetch(url, init);
  const text = await response.text();
  const body: unknown = JSON.parse(text.replace(/,"traceId":"[0-9a-f]{32}"/g, ""));
  return { status: response.status, headers: response.headers, body };
}

/** Headers that let another site read an answer, or reveal the server's software. */
export function tellingHeaders(headers: Headers): string[] {
  return [...headers.keys()].filter((name) =>
    /^(?:access-control-|server$|x-powered-by$|via$)/.test(name),
  );
}

/** A browser's preflight before another site's script may send JSON. */
export const PREFLIGHT: RequestInit = {
  method: "OPTIONS",
  headers: {
    origin: "https://evil.test",
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type,authorization",
  },
};

export const FOREIGN: RequestInit = post({ ...JSON_TYPE, origin: "https://evil.test" }, BODY);
export const QUICK: RequestInit = post(JSON_TYPE, BODY);
