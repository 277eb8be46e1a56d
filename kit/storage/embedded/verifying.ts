// Decides whether a request to the embedded store is signed, wholly and rightly. It is stricter
// than S3: what is doubled, not signed, or written in another way than ours is refused.
import { timingSafeEqual } from "node:crypto";
import { Refusal } from "#kit/storage/embedded/refusals";
import {
  ALGORITHM,
  type Credentials,
  EXPIRES_MAX,
  encoded,
  type SignedParts,
  scopeOf,
  signatureOf,
  UNSIGNED_PAYLOAD,
} from "#kit/storage/signing";

/** Clocks may differ by this much. */
const SKEW_MS_MAX = 15 * 60_000;

export interface Received {
  readonly method: string;
  /** As it came: path and query. */
  readonly target: string;
  /** Names and values by turns, as they came. */
  readonly rawHeaders: readonly string[];
}

export interface Verified {
  /** Not decoded: a path of ours needs no encoding. */
  readonly path: string;
  /** Without those of the signature. */
  readonly query: ReadonlyMap<string, string>;
  /** By names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** The signature stands in the URL, and the body is not signed. */
  readonly isPresigned: boolean;
  /** SHA-256 that the body must have, in hexadecimal; null if it is not signed. */
  readonly payloadHash: string | null;
}

/** The signature of a request, and the claims that it makes about itself. */
interface Claim {
  readonly credential: string;
  readonly timestamp: string;
  readonly names: readonly string[];
  readonly signature: string;
  readonly expiresIn: number | null;
  readonly payloadHash: string;
}

/** Throws a `Refusal` unless the request is signed by `credentials`, and valid at `now`. */
export function verify(received: Received, credentials: Credentials, now: Date): Verified {
  const [path, pairs] = targetOf(received.target);
  const headers = headersOf(received.rawHeaders);
  const query = new Map(pairs);
  const claim = claimOf(headers, query);
  const signed = Object.fromEntries(claim.names.map((name) => [name, headers.get(name) ?? ""]));
  checkCredential(claim, credentials);
  checkNames(claim.names, headers);
  const parts: SignedParts = {
    method: received.method,
    path,
    query: pairs.filter(([name]) => name !== "X-Amz-Signature"),
    headers: signed,
    payloadHash: claim.payloadHash,
  };
  if (!isEqual(claim.signature, signatureOf(credentials, claim.timestamp, parts))) {
    throw new Refusal("SignatureDoesNotMatch", "The signature is not the one of this request.");
  }
  checkTime(claim, now);
  const isPresigned = claim.expiresIn !== null;
  const own = [...query].filter(([name]) => !name.startsWith("X-Amz-"));
  const payloadHash = isPresigned ? null : claim.payloadHash;
  return { path, query: new Map(own), headers, isPresigned, payloadHash };
}

/** The path, and the parameters in their order. */
function targetOf(target: string): [path: string, query: [name: string, value: string][]] {
  const at = target.indexOf("?");
  const path = at === -1 ? target : target.slice(0, at);
  if (!/^\/[a-z0-9./-]*$/.test(path)) throw new Refusal("InvalidURI", "This is no path of ours.");
  const texts = at === -1 ? [] : target.slice(at + 1).split("&");
  const query = texts.map(parameterOf);
  if (new Set(query.map(([name]) => name)).size !== query.length) {
    throw new Refusal("InvalidArgument", "A parameter is there twice.");
  }
  return [path, query];
}

/** One way to write each parameter, so that no byte of a URL can change unnoticed. */
function parameterOf(text: string): [name: string, value: string] {
  const [name = "", value = "", ...more] = text.split("=");
  const pair: [string, string] = [decoded(name), decoded(value)];
  const isUsual = name === encoded(pair[0]) && value === encoded(pair[1]);
  // A parameter without a value may come without its sign of equality: `?uploads`.
  if (name === "" || more.length > 0 || !isUsual) {
    throw new Refusal("InvalidURI", "A parameter is not written in the usual encoding.");
  }
  return pair;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal("InvalidURI", "A parameter is not in UTF-8.");
  }
}

/** Names that a browser or a proxy may send more than once, and that decide nothing. */
const REPEATABLE = /^(?:accept|accept-.*|cache-control|cookie|forwarded|via|x-forwarded-.*)$/;

function headersOf(rawHeaders: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    if (headers.has(name) && !REPEATABLE.test(name)) {
      throw new Refusal("InvalidArgument", `The header ${name} is there twice.`);
    }
    headers.set(name, rawHeaders[index + 1] ?? "");
  }
  return headers;
}

function claimOf(headers: ReadonlyMap<string, string>, query: ReadonlyMap<string, string>): Claim {
  const authorization = headers.get("authorization");
  const isPresigned = [...query.keys()].some((name) => /^x-amz-/i.test(name));
  if (authorization !== undefined && isPresigned) {
    throw new Refusal("InvalidArgument", "The request is signed twice.");
  }
  if (authorization !== undefined) return claimOfHeader(authorization, headers);
  if (isPresigned) return claimOfQuery(query);
  throw new Refusal("AccessDenied", "The request is not signed.");
}

const HEADER =
  /^AWS4-HMAC-SHA256 Credential=([^,\s]+), ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

function claimOfHeader(authorization: string, headers: ReadonlyMap<string, string>): Claim {
  const [, credential = "", names = "", signature = ""] = HEADER.exec(authorization) ?? [];
  const timestamp = headers.get("x-amz-date") ?? "";
  const payloadHash = headers.get("x-amz-content-sha256") ?? "";
  if (signature === "" || !isTimestamp(timestamp)) {
    throw new Refusal("AuthorizationHeaderMalformed", "The header is not the one of version 4.");
  }
  if (!/^[0-9a-f]{64}$/.test(payloadHash)) {
    throw new Refusal("NotImplemented", "x-amz-content-sha256 must be the hash of the body.");
  }
  return {
    credential,
    timestamp,
    names: names.split(";"),
    signature,
    expiresIn: null,
    payloadHash,
  };
}

const PARAMETERS = ["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"];

function claimOfQuery(query: ReadonlyMap<string, string>): Claim {
  const given = [...query.keys()].filter((name) => /^x-amz-/i.test(name));
  const values = PARAMETERS.map((name) => query.get(`X-Amz-${name}`) ?? "");
  const [algorithm, credential = "", timestamp = "", expires = "", names = "", signature = ""] =
    values;
  const isWhole = given.length === PARAMETERS.length && values.every((value) => value !== "");
  const isWell = isTimestamp(timestamp) && /^[0-9a-f]{64}$/.test(signature);
  const expiresIn = /^[1-9]\d{0,5}$/.test(expires) ? Number(expires) : 0;
  const isInLimits = expiresIn >= 1 && expiresIn <= EXPIRES_MAX;
  if (algorithm !== ALGORITHM || !isWhole || !isWell || !isInLimits) {
    const code = "AuthorizationQueryParametersError";
    throw new Refusal(code, "The parameters are not those of version 4.");
  }
  const payloadHash = UNSIGNED_PAYLOAD;
  return { credential, timestamp, names: names.split(";"), signature, expiresIn, payloadHash };
}

function isTimestamp(text: string): boolean {
  return /^\d{8}T\d{6}Z$/.test(text) && !Number.isNaN(timeOf(text));
}

function timeOf(timestamp: string): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function checkCredential({ credential, timestamp }: Claim, credentials: Credentials): void {
  const at = credential.indexOf("/");
  if (credential.slice(0, at) !== credentials.accessKeyId) {
    throw new Refusal("InvalidAccessKeyId", "There is no such access key.");
  }
  if (credential.slice(at + 1) !== scopeOf(timestamp, credentials.region)) {
    const code = "AuthorizationQueryParametersError";
    throw new Refusal(code, "The credential is for another day, region or service.");
  }
}

/** Headers that decide something: if they are there, they must be signed. */
const SIGNED_IF_GIVEN = /^(?:x-amz-.*|content-(?:type|length|md5|encoding)|if-match)$/;

function checkNames(names: readonly string[], headers: ReadonlyMap<string, string>): void {
  const isSorted = names.join(";") === [...new Set(names)].sort().join(";");
  const isThere = names.every((name) => headers.has(name));
  if (!isSorted || !isThere || !names.includes("host")) {
    throw new Refusal("AccessDenied", "Signed headers are missing, or not in order.");
  }
  for (const [name, value] of headers) {
    if (!SIGNED_IF_GIVEN.test(name) || names.includes(name)) continue;
    // A client may say that it sends no body.
    if (name === "content-length" && value === "0") continue;
    throw new Refusal("AccessDenied", `The header ${name} is not signed.`);
  }
}

function isEqual(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function checkTime({ timestamp, expiresIn }: Claim, now: Date): void {
  const ageMs = now.getTime() - timeOf(timestamp);
  if (expiresIn === null) {
    if (Math.abs(ageMs) <= SKEW_MS_MAX) return;
    throw new Refusal("RequestTimeTooSkewed", "The time of the request is too far from ours.");
  }
  if (ageMs < -SKEW_MS_MAX) throw new Refusal("AccessDenied", "The URL is not valid yet.");
  if (ageMs > expiresIn * 1_000) throw new Refusal("AccessDenied", "The URL has expired.");
}
