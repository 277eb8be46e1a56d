// The server for operators of every service: its metrics, on a port of its own that only this
// machine reaches unless ADMIN_HOST says otherwise.
import { fail } from "#kit/errors";
import { createHttpServer } from "#kit/service/http-server";
import type { Log } from "#kit/service/logger";
import { isLoopback } from "#kit/service/targets";
import { contentType, measureProcess, printMetrics } from "#kit/telemetry/metrics";

const BODY_BYTES_MAX = 1_024;
const MISDIRECTED = 421;

interface AdminOptions {
  readonly log: Log;
  readonly host: string;
  readonly port: number;
  /** Default: the metrics of the process. */
  readonly print?: () => Promise<string>;
}

export interface Admin {
  readonly url: string;
  stop(): Promise<void>;
}

/** Listens for operators. */
export async function startAdmin(options: AdminOptions): Promise<Admin> {
  const { log, host, port, print = () => printMetrics() } = options;
  measureProcess();
  const app = createHttpServer({ log, bodyBytesMax: BODY_BYTES_MAX, checks: {} });
  if (isLoopback(host)) app.addHook("onRequest", async ({ hostname }) => refuseOther(hostname));
  app.get("/metrics", async (_request, reply) => reply.type(contentType).send(await print()));
  const url = await app.listen({ host, port });
  return { url, stop: () => app.close() };
}

/** A web page whose name leads to this machine must not read what is for operators. */
function refuseOther(hostname: string): void {
  if (isLoopback(hostname)) return;
  const message = "This port answers on this machine only: use localhost.";
  throw Object.assign(fail("FORBIDDEN", message), { statusCode: MISDIRECTED });
}
