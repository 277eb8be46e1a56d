// The metrics, health and log level of a service for its operators, on a port of its own
// that only this machine reaches unless ADMIN_HOST says otherwise, and traces, if settings say so.
import type { FastifyInstance } from "fastify";
import type { Registry } from "prom-client";
import { fail } from "#kit/errors";
import type { Health } from "#kit/service/health";
import { createHttpServer } from "#kit/service/http-server";
import type { Log } from "#kit/service/logger";
import { isLoopback } from "#kit/service/targets";
import { measureDisk } from "#kit/telemetry/disk";
import { createLogLevel, serveLogLevel } from "#kit/telemetry/log-level";
import { contentType, measureProcess, printMetrics } from "#kit/telemetry/metrics";
import { type SummaryOptions, startSummaries } from "#kit/telemetry/summaries";
import { startTracing } from "#kit/telemetry/tracing";

const BODY_BYTES_MAX = 1_024;
const MISDIRECTED = 421;

interface AdminOptions {
  readonly health: Health;
  readonly log: Log;
  readonly host: string;
  readonly port: number;
  /** Of metrics beside those of the process. */
  readonly registries?: readonly Registry[];
  /** Where the process says each second what it does; null for nowhere. */
  readonly summaries: Omit<SummaryOptions, "log"> | null;
  /** Adds routes beside these. */
  readonly routes?: (app: FastifyInstance) => void;
}

export interface Admin {
  readonly url: string;
  stop(): Promise<void>;
}

/** Listens for operators, and begins to send traces with the name of the service. */
export async function startAdmin(service: string, options: AdminOptions): Promise<Admin> {
  const { health, log, host, port, registries = [], routes } = options;
  measureProcess();
  measureDisk();
  const app = createHttpServer({ log, bodyBytesMax: BODY_BYTES_MAX, health, isForOperators: true });
  if (isLoopback(host)) app.addHook("onRequest", async ({ hostname }) => refuseOther(hostname));
  app.get("/metrics", async (_request, reply) =>
    reply.type(contentType).send(await printMetrics(...registries)),
  );
  const level = createLogLevel(log);
  serveLogLevel(app, level);
  routes?.(app);
  const url = await app.listen({ host, port });
  const tracing = await startTracing(service, log);
  const stopSummaries = options.summaries
    ? startSummaries(service, { ...options.summaries, log })
    : async () => {};
  return {
    url,
    async stop() {
      level.reset();
      await stopSummaries();
      await app.close();
      await tracing.stop();
    },
  };
}

/** A web page whose name leads to this machine must not read what is for operators. */
function refuseOther(hostname: string): void {
  if (isLoopback(hostname)) return;
  const message = "This port answers on this machine only: use localhost.";
  throw Object.assign(fail("FORBIDDEN", message), { statusCode: MISDIRECTED });
}
