// How the platform reads and sends files: Web Crypto for hashes; XMLHttpRequest where there is one,
// since `fetch` tells no progress of what it sends.

/** A `Blob` or `File`, as far as uploads need it. */
export interface SentBlob {
  readonly size: number;
  slice(start: number, end: number): SentBlob;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export interface PartRequest {
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body: SentBlob;
  readonly signal: AbortSignal;
  onProgress(bytes: number): void;
}

/** `refused`: the same request would be refused again. `failed`: another try may succeed. */
export type PartAnswer = "sent" | "refused" | "failed";

/** Never rejects. */
export type PutPart = (request: PartRequest) => Promise<PartAnswer>;

interface Xhr {
  readonly status: number;
  readonly upload: { onprogress: ((event: { readonly loaded: number }) => void) | null };
  onloadend: (() => void) | null;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  send(body: unknown): void;
  abort(): void;
}

interface Globals {
  readonly XMLHttpRequest?: new () => Xhr;
  readonly fetch?: (
    url: string,
    init: Record<string, unknown>,
  ) => Promise<{ readonly status: number }>;
  readonly crypto?: {
    readonly subtle?: { digest(name: string, bytes: ArrayBuffer): Promise<ArrayBuffer> };
  };
}

const globals = globalThis as unknown as Globals;

/** The SHA-256 of a file in hexadecimal. Pages without TLS have no Web Crypto, except localhost. */
export async function sha256Of(blob: SentBlob): Promise<string> {
  const subtle = globals.crypto?.subtle;
  if (!subtle) throw new Error("This platform has no Web Crypto, which uploads need.");
  const digest = await subtle.digest("SHA-256", await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function systemPut(): PutPart {
  const { XMLHttpRequest, fetch } = globals;
  if (XMLHttpRequest) return (request) => putByXhr(new XMLHttpRequest(), request);
  if (fetch) return (request) => putByFetch(fetch, request);
  throw new Error("This platform cannot send files: pass `put`.");
}

/** Browsers set it by themselves, and allow nobody else to. */
const OF_BROWSERS = "content-length";

const settable = ({ headers }: PartRequest) => headers.filter(({ name }) => name !== OF_BROWSERS);

function putByXhr(xhr: Xhr, request: PartRequest): Promise<PartAnswer> {
  const { url, body, signal, onProgress } = request;
  return new Promise((resolve) => {
    const abort = () => xhr.abort();
    signal.addEventListener("abort", abort);
    xhr.open("PUT", url);
    for (const { name, value } of settable(request)) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = ({ loaded }) => onProgress(loaded);
    xhr.onloadend = () => {
      signal.removeEventListener("abort", abort);
      resolve(answerOf(xhr.status));
    };
    xhr.send(body);
  });
}

async function putByFetch(
  fetch: NonNullable<Globals["fetch"]>,
  request: PartRequest,
): Promise<PartAnswer> {
  const headers = Object.fromEntries(settable(request).map(({ name, value }) => [name, value]));
  const { url, body, signal } = request;
  try {
    return answerOf((await fetch(url, { method: "PUT", headers, body, signal })).status);
  } catch {
    return "failed";
  }
}

const BUSY = [408, 429];

/** 0 is no answer: no network, or it was aborted. */
function answerOf(status: number): PartAnswer {
  if (status >= 200 && status < 300) return "sent";
  return status >= 400 && status < 500 && !BUSY.includes(status) ? "refused" : "failed";
}
