// Structured logs: one JSON line each, without secrets.
import { GraphQLError } from "graphql";
import { type Logger, pino } from "pino";
import { ERROR_CODES, isErrorCode } from "#kit/errors";
import { isOutage } from "#kit/outage";

export type Log = Logger;

const SECRET_KEYS = [
  "authorization",
  "identity",
  "password",
  "accessToken",
  "refreshToken",
  "deviceToken",
  "userAgent",
  "token",
  "cookie",
];

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
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), remove: true },
  });
  settings.set(log, options.level);
  return log;
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
