// Checks that a request has one well-formed `Host` and a path. Libraries build URLs from both, and
// would throw at malformed ones. Which hosts are ours is not checked here.
import type { IncomingMessage } from "node:http";

/** Longer than any DNS name or address. */
const HOST_LENGTH_MAX = 255;
/** A name or an address, an IPv6 one in brackets, with an optional port (RFC 9110 §7.2). */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~-]+)(?::\d{1,5})?$/i;

/** True for `localhost`, every address of 127.0.0.0/8, and `::1`. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost\.?|127(?:\.\d{1,3}){3}|\[?::1\]?)$/.test(host);
}

/** The mistake in the `Host` or the target of a request; null when both are well-formed. */
export function targetMistake({
  rawHeaders,
  url = "",
}: Pick<IncomingMessage, "rawHeaders" | "url">): string | null {
  const hosts = rawHeaders.filter(
    (_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === "host",
  );
  const [host = "", ...others] = hosts;
  if (hosts.length === 0) return "The request names no host: send one `Host` header.";
  if (others.length > 0) return "The request names several hosts: send one `Host` header.";
  const isHost = host.length <= HOST_LENGTH_MAX && HOST.test(host);
  if (!isHost || !URL.canParse(`http://${host}/`)) {
    return "The `Host` header is none: it must be a name or an address, and perhaps a port.";
  }
  const isPath = url.startsWith("/") && URL.canParse(url, `http://${host}/`);
  return isPath || url === "*" ? null : "The target of the request must be a path, as `/graphql`.";
}
