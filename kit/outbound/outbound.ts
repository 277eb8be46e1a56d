// The one HTTP client to addresses that people give, such as endpoints of pushes: it checks each
// address that a name resolves to and connects to the one that it checked, follows no redirect, and
// limits size and time. It tries once: retries are the caller's.
import { type LookupAddress, lookup as lookupOfSystem } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { Agent, buildConnector, type Dispatcher, errors } from "undici";
import { type AllowedRanges, isAllowed, isPublic } from "#kit/outbound/addresses";

export interface OutboundRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface OutboundAnswer {
  /** A redirect is an answer like others. */
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * `REFUSED`: the address is none to which we connect, and never will be. The others may pass.
 */
export type OutboundFailure = "REFUSED" | "UNREACHABLE" | "TIMEOUT" | "TOO_LARGE";

/** A request that got no answer. The message names no address: logs and admins may see it. */
export class OutboundError extends Error {
  override readonly name = "OutboundError";
  readonly kind: OutboundFailure;

  constructor(kind: OutboundFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

export interface Outbound {
  /** Throws an `OutboundError` if there is no answer. */
  send(request: OutboundRequest): Promise<OutboundAnswer>;
  close(): Promise<void>;
}

interface OutboundOptions {
  /** Addresses beside the public ones. To these, plain HTTP goes too. */
  readonly allowed?: AllowedRanges;
  /** For all of a request, from the lookup to the end of the body. */
  readonly timeoutMs?: number;
  readonly bodyBytesMax?: number;
  /** Instead of the system's, for tests. */
  readonly lookup?: LookupFunction;
}

const TIMEOUT_MS = 15_000;
const BODY_BYTES_MAX = 64 * 1024;
const CONNECTIONS_PER_HOST = 16;

export function createOutbound({
  allowed = [],
  timeoutMs = TIMEOUT_MS,
  bodyBytesMax = BODY_BYTES_MAX,
  lookup = lookupOfSystem as LookupFunction,
}: OutboundOptions = {}): Outbound {
  const connect = guardedConnector({ allowed, lookup, timeoutMs });
  const agent = new Agent({
    connect,
    connections: CONNECTIONS_PER_HOST,
    pipelining: 1,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  return {
    async send(request) {
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        return await sendBy(agent, request, signal, bodyBytesMax);
      } catch (error) {
        throw failureOf(error, signal);
      }
    },
    close: () => agent.destroy(),
  };
}

interface Guard {
  readonly allowed: AllowedRanges;
  readonly lookup: LookupFunction;
  readonly timeoutMs: number;
}

/** Node asks the lookup for names alone, so that addresses in URLs are checked apart from it. */
function guardedConnector({ allowed, lookup, timeoutMs }: Guard): buildConnector.connector {
  const connectors = {
    "http:": buildConnector({
      timeout: timeoutMs,
      lookup: checkedLookup(lookup, (address) => isAllowed(address, allowed)),
    }),
    "https:": buildConnector({
      timeout: timeoutMs,
      lookup: checkedLookup(lookup, (address) => isPublic(address) || isAllowed(address, allowed)),
    }),
  };
  return (options, callback) => {
    const { protocol, hostname } = options;
    const host = hostname.replace(/^\[|\]$/g, "");
    const isPlain = protocol === "http:";
    const isGood = isAllowed(host, allowed) || (!isPlain && isPublic(host));
    if (isIP(host) !== 0 && !isGood) return callback(refused(), null);
    connectors[isPlain ? "http:" : "https:"](options, callback);
  };
}

/** Refuses a name if one of its addresses is bad. */
function checkedLookup(lookup: LookupFunction, isGood: (address: string) => boolean) {
  const checked: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, "");
      const addresses = found as LookupAddress[];
      const [first] = addresses;
      if (!first || !addresses.every(({ address }) => isGood(address))) {
        return callback(refused(), "");
      }
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
  return checked;
}

const refused = () => new OutboundError("REFUSED", "The address is not a public one.");

async function sendBy(
  agent: Agent,
  { method, url, headers, body }: OutboundRequest,
  signal: AbortSignal,
  bodyBytesMax: number,
): Promise<OutboundAnswer> {
  const { origin, pathname, search } = new URL(url);
  const answer = await agent.request({
    origin,
    path: `${pathname}${search}`,
    method,
    headers: { ...headers },
    body: body ?? null,
    signal,
  });
  return {
    status: answer.statusCode,
    headers: flat(answer.headers),
    body: await textOf(answer.body, bodyBytesMax),
  };
}

function flat(headers: Dispatcher.ResponseData["headers"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, String(value ?? "")]),
  );
}

async function textOf(body: Dispatcher.ResponseData["body"], bytesMax: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new OutboundError("TOO_LARGE", "The answer is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function failureOf(error: unknown, signal: AbortSignal): OutboundError {
  if (error instanceof OutboundError) return error;
  const isLate =
    signal.aborted ||
    error instanceof errors.ConnectTimeoutError ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError;
  const cause = { cause: error };
  if (isLate) return new OutboundError("TIMEOUT", "There was no answer in time.", cause);
  return new OutboundError("UNREACHABLE", "The connection failed.", cause);
}
