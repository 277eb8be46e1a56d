// The health of a service, at three addresses. A service that is not live is restarted, one that is
// not ready gets no requests, and one that has not started is left alone. Liveness asks nobody: a
// dead dependency must not restart all services.
import type { FastifyInstance } from "fastify";

/** Rejects when a dependency does not answer. */
export type Check = () => Promise<unknown>;

/**
 * The state of a dependency that the service can do without, as it is known: asking takes no time,
 * and changes nothing about readiness.
 */
export interface OptionalState {
  readonly isOk: boolean;
  readonly reason?: string;
  /** Null if it never was. */
  readonly secondsSinceOk: number | null;
}

/** States by the names of the dependencies. */
export type Optional = () => Readonly<Record<string, OptionalState>>;

const TIMEOUT_MS = 2_000;

/** The last result of a check. */
interface Result {
  readonly isOk: boolean;
  /** Of a failure: may name an address, so it is for operators only. */
  readonly reason?: string;
  readonly tookMs: number;
  /** When it succeeded last, in ms since the epoch; null if never. */
  readonly okAt: number | null;
}

export interface Health {
  /** Runs all checks now. */
  check(): Promise<ReadonlyMap<string, Result>>;
  /** Whether all checks have succeeded at once before. It stays so. */
  hasStarted(): boolean;
  readonly optional: Optional;
}

export function createHealth(
  checks: Readonly<Record<string, Check>> = {},
  optional: Optional = () => ({}),
): Health {
  const okAt = new Map<string, number>();
  let hasStarted = false;
  const resultOf = async (name: string, check: Check): Promise<[string, Result]> => {
    const startedAt = performance.now();
    const failure = await failureOf(check);
    const tookMs = Math.round(performance.now() - startedAt);
    if (failure === null) okAt.set(name, Date.now());
    const facts = { tookMs, okAt: okAt.get(name) ?? null };
    return [
      name,
      failure === null ? { isOk: true, ...facts } : { isOk: false, reason: failure, ...facts },
    ];
  };
  return {
    async check() {
      const names = Object.entries(checks);
      const results = await Promise.all(names.map(([name, check]) => resultOf(name, check)));
      hasStarted ||= results.every(([, { isOk }]) => isOk);
      return new Map(results);
    },
    hasStarted: () => hasStarted,
    optional,
  };
}

/** Null if the check succeeds in time. */
async function failureOf(check: Check): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(reject, TIMEOUT_MS, new Error(`gave no answer in ${TIMEOUT_MS} ms`));
  });
  try {
    await Promise.race([check(), timeout]);
    return null;
  } catch (error) {
    return reasonOf(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Of an error of several causes, such as of all addresses of a host, the first. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return reasonOf(error.errors[0]);
  return error instanceof Error && error.message !== "" ? error.message : String(error);
}

/**
 * Serves `/livez`, `/readyz` and `/startupz`: 200 or 503, with the names of the checks that failed.
 * For operators, `?verbose` has each check with its reason and since when it fails, and the same of
 * what the service can do without.
 */
export function serveHealth(app: FastifyInstance, health: Health, isForOperators: boolean): void {
  app.get("/livez", async () => ({ status: "ok" }));
  const serve = (path: string, isOk: (results: ReadonlyMap<string, Result>) => boolean) =>
    app.get<{ Querystring: { verbose?: unknown } }>(path, async ({ query }, reply) => {
      const results = await health.check();
      const isFine = isOk(results);
      const failed = [...results].flatMap(([name, result]) => (result.isOk ? [] : [name]));
      const isVerbose = isForOperators && query.verbose !== undefined;
      return reply.code(isFine ? 200 : 503).send({
        status: isFine ? "ok" : "unavailable",
        ...(!isFine && { failed }),
        ...(isVerbose && {
          checks: Object.fromEntries([...results].map(reportOf)),
          optional: Object.fromEntries(Object.entries(health.optional()).map(optionalReportOf)),
        }),
      });
    });
  serve("/readyz", (results) => [...results.values()].every((result) => result.isOk));
  serve("/startupz", () => health.hasStarted());
}

function reportOf([name, { isOk, reason, tookMs, okAt }]: readonly [string, Result]) {
  const secondsSinceOk = okAt === null ? null : Math.round((Date.now() - okAt) / 1_000);
  return [
    name,
    {
      status: isOk ? "ok" : "failed",
      ...(reason !== undefined && { reason }),
      tookMs,
      secondsSinceOk,
    },
  ];
}

function optionalReportOf([name, { isOk, ...facts }]: readonly [string, OptionalState]) {
  return [name, { status: isOk ? "ok" : "failed", ...facts }];
}
