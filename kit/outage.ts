// Tells an outage (a database, store or connection that is down, full or too busy) from a bug.

const CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "EPIPE",
  // PostgreSQL: shutting down, crashed, starting, too many connections.
  "57P01",
  "57P02",
  "57P03",
  "53300",
  // Prisma: cannot reach, timed out, connection closed, no connection in time.
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  // The store of files: it does not answer, or is full.
  "STORAGE_UNAVAILABLE",
]);

/** Messages of pg and its pool, which carry no code. */
const MESSAGES = [
  "timeout exceeded when trying to connect",
  "Connection terminated",
  "Client has encountered a connection error",
  "Client was closed",
];

interface DriverCause {
  readonly originalCode?: unknown;
  readonly kind?: unknown;
}

/** True when a later retry may help, whichever library threw the error. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, meta, cause, originalError } = error as {
    code?: unknown;
    meta?: { driverAdapterError?: { cause?: DriverCause } };
    /** An error, or the driver's own account of one: what fails at COMMIT comes bare. */
    cause?: DriverCause;
    /** What a GraphQL error wraps, sometimes twice. */
    originalError?: unknown;
  };
  const driver = meta?.driverAdapterError?.cause ?? cause;
  if (driver?.kind === "DatabaseNotReachable" || driver?.kind === "ConnectionClosed") return true;
  if ([code, driver?.originalCode].some((each) => CODES.has(String(each)))) return true;
  if (MESSAGES.some((message) => error.message.includes(message))) return true;
  return isOutage(cause) || isOutage(originalError);
}
