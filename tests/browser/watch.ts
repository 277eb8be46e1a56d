// Notes everything that pages of one person report: console, exceptions, failed requests. What a
// test has not announced makes it fail.
import type { BrowserContext, Request } from "playwright-core";

export interface Watch {
  /** From now on, faults that match are expected. */
  announce(...faults: readonly RegExp[]): void;
  /** The faults so far that were not announced when they happened. */
  faults(): readonly string[];
  /** The console and the faults, with times. */
  log(): string;
}

/** The reports of the browser while the line is cut, or a server is down. */
export const LINE_IS_CUT: readonly RegExp[] = [
  /net::ERR_(?:INTERNET_DISCONNECTED|CONNECTION_\w+|SOCKET_NOT_CONNECTED|EMPTY_RESPONSE|NETWORK_CHANGED|FAILED)/,
  /WebSocket connection to '.+' failed/,
  /(?:answered|status of) (?:500|502|503|504)\b/,
];

export function watchContext(context: BrowserContext): Watch {
  const announced: RegExp[] = [];
  const faults: string[] = [];
  const lines: string[] = [];
  const since = Date.now();
  const note = (text: string) => lines.push(`${((Date.now() - since) / 1_000).toFixed(2)} ${text}`);
  const fault = (text: string) => {
    const isAnnounced = announced.some((each) => each.test(text));
    note(`${isAnnounced ? "announced" : "FAULT"} ${text}`);
    if (!isAnnounced) faults.push(text);
  };
  context.on("console", (message) => {
    const { url } = message.location();
    const text = `console.${message.type()}: ${message.text()}${url ? ` (${url})` : ""}`;
    if (message.type() === "error" || message.type() === "assert") fault(text);
    else note(text);
  });
  context.on("weberror", (error) => fault(`exception: ${error.error().stack ?? error.error()}`));
  context.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    // The page itself gave it up, or was left.
    if (why !== "net::ERR_ABORTED") fault(`request: ${requestText(request)} failed: ${why}`);
  });
  context.on("response", (response) => {
    const status = response.status();
    if (status >= 400) fault(`request: ${requestText(response.request())} answered ${status}`);
  });
  return {
    announce: (...more) => announced.push(...more),
    faults: () => faults,
    log: () => lines.join("\n"),
  };
}

const requestText = (request: Request) => `${request.method()} ${request.url()}`;
