// AWS Signature Version 4 for S3: what is signed, and the signature. Clients sign with it, and the
// embedded store checks with it. It judges nothing.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
import { createHash, createHmac } from "node:crypto";

export const ALGORITHM = "AWS4-HMAC-SHA256";
export const UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
/** The longest life of a signed URL, in seconds: a week. */
export const EXPIRES_MAX = 604_800;

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** A request as far as a signature covers it. Names and values are not encoded. */
export interface SignedParts {
  readonly method: string;
  /** Begins with a slash. */
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Names in lower case. All of these are signed. */
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body in hexadecimal, or `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string;
}

export function sha256Hex(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Percent-encoding of RFC 3986: all but letters, digits and `-._~`. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export function queryString(query: SignedParts["query"]): string {
  return query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join("&");
}

/** `20130524T000000Z`. */
export function timestampOf(date: Date): string {
  return date.toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
}

export function scopeOf(timestamp: string, region: string): string {
  return `${timestamp.slice(0, 8)}/${region}/s3/aws4_request`;
}

function signedNames(headers: SignedParts["headers"]): string {
  return Object.keys(headers).sort().join(";");
}

/** The signature of a request at a time, in hexadecimal. */
export function signatureOf(
  { secretAccessKey, region }: Credentials,
  timestamp: string,
  parts: SignedParts,
): string {
  const scope = scopeOf(timestamp, region);
  const text = [ALGORITHM, timestamp, scope, sha256Hex(canonicalOf(parts))].join("\n");
  const key = [...scope.split("/")].reduce<Uint8Array | string>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, text).toString("hex");
}

function hmac(key: Uint8Array | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function canonicalOf({ method, path, query, headers, payloadHash }: SignedParts): string {
  const names = Object.keys(headers).sort();
  const pairs = query.map(([name, value]) => [encoded(name), encoded(value)] as const);
  const sorted = pairs.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  return [
    method,
    path.split("/").map(encoded).join("/"),
    sorted.map(([name, value]) => `${name}=${value}`).join("&"),
    ...names.map((name) => `${name}:${trimmed(headers[name] ?? "")}`),
    "",
    names.join(";"),
    payloadHash,
  ].join("\n");
}

/** By code units: encoded texts are ASCII. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function trimmed(value: string): string {
  return value.trim().replaceAll(/ +/g, " ");
}

type Signing = Omit<SignedParts, "payloadHash"> & { readonly at: Date };

/**
 * The query of a URL that anybody may use until it expires, `expiresIn` seconds after `at`, with
 * exactly these headers. The body is not signed.
 */
export function presignedQuery(
  credentials: Credentials,
  { at, expiresIn, ...request }: Signing & { readonly expiresIn: number },
): string {
  const timestamp = timestampOf(at);
  const query: SignedParts["query"] = [
    ...request.query,
    ["X-Amz-Algorithm", ALGORITHM],
    ["X-Amz-Credential", `${credentials.accessKeyId}/${scopeOf(timestamp, credentials.region)}`],
    ["X-Amz-Date", timestamp],
    ["X-Amz-Expires", String(expiresIn)],
    ["X-Amz-SignedHeaders", signedNames(request.headers)],
  ];
  const parts = { ...request, query, payloadHash: UNSIGNED_PAYLOAD };
  const signature = signatureOf(credentials, timestamp, parts);
  return queryString([...query, ["X-Amz-Signature", signature]]);
}

/** The headers of a request that is signed with its body, `authorization` among them. */
export function signedHeaders(
  credentials: Credentials,
  { at, payloadHash, ...request }: Signing & { readonly payloadHash: string },
): Record<string, string> {
  const timestamp = timestampOf(at);
  const headers = {
    ...request.headers,
    "x-amz-content-sha256": payloadHash,
    "x-amz-date": timestamp,
  };
  const signature = signatureOf(credentials, timestamp, { ...request, headers, payloadHash });
  const scope = scopeOf(timestamp, credentials.region);
  const authorization =
    `${ALGORITHM} Credential=${credentials.accessKeyId}/${scope},` +
    `SignedHeaders=${signedNames(headers)},Signature=${signature}`;
  return { ...headers, authorization };
}
