// Structured logs: one JSON line each, without secrets.
import { GraphQLError } from "graphql";
import { type Logger, pino } from "pino";
import { ERROR_CODES, isErrorCode } from "#kit/errors";
import { isOutage } from "#kit/outage";

export type Log = Logger;

const SECRET_KEYS: ReadonlySet<string> = new Set([
  "authorization",
  "identity",
  "password",
  "accessToken",
  "refreshToken",
  "deviceToken",
  "userAgent",
  "token",
  "cookie",
]);
/** How deep secrets are looked for. */
const DEPTH = 3;

const settings = new Map<Log, string>();

/** All logs of this process, each with the level of its setting. */
export function logsOfProcess(): ReadonlyMap<Log, string> {
  return settings;
}

/** A logger for one service. It removes secrets by key, two levels deep: never log a request. */
export function createLog(options: { readonly name: string; readonly level: string }): Log {
  const log = pino({
    name: options.name,
    level: options.level,
    timestamp: pino.stdTimeFunctions.isoTime,
    // Pino's own `redact` takes five times as long for each line as the rest of it.
    formatters: { level: (label) => ({ level: label }), log: withoutSecrets },
    serializers: { err: (error: Error) => withoutSecrets(pino.stdSerializers.err(error)) },
  });
  settings.set(log, options.level);
  return log;
}

/** The same object if it has no secret key, else a copy without them. */
function withoutSecrets<T extends object>(fields: T, depth = DEPTH): T {
  let isSame = true;
  const kept = Object.entries(fields).flatMap(([key, value]): [string, unknown][] => {
    const clean = depth > 1 && isPlain(value) ? withoutSecrets(value, depth - 1) : value;
    const isSecret = SECRET_KEYS.has(key);
    if (isSecret || clean !== value) isSame = false;
    return isSecret ? [] : [[key, clean]];
  });
  if (isSame) return fields;
  return (Array.isArray(fields) ? kept.map(([, value]) => value) : Object.fromEntries(kept)) as T;
}

/** Errors have a serializer. */
function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof Error);
}

/** The request that caused a log line. */
export interface Origin {
  readonly traceId: string;
  readonly operationName?: string | null | undefined;
}

/**
 * Logs an error at the level of its code: a bug with stack and facts, an outage with its cause. A
 * refusal is logged with its code and field only, because its message may quote a person's input.
 */
export function reportError(log: Log, error: unknown, origin: Origin): void {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const { code, field } = error instanceof GraphQLError ? error.extensions : {};
  const path = error instanceof GraphQLError ? error.path : undefined;
  if (isOutage(cause)) {
    log.warn({ ...origin, err: cause, path }, "a request met an outage");
  } else if (!isErrorCode(code) || code === "INTERNAL_SERVER_ERROR") {
    log.error({ ...origin, err: cause, path }, "a request failed");
  } else {
    log[ERROR_CODES[code].logLevel]({ ...origin, code, field, path }, "a request was refused");
  }
}
