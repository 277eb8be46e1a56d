// The life of a service process: start, report the address, stop gracefully on a signal or when the
// parent process exits.
import { ConfigError } from "#kit/service/config";
import type { Log } from "#kit/service/logger";

export interface Service {
  readonly url: string;
  readonly adminUrl?: string;
  readonly log: Log;
  stop(): Promise<void>;
}

const STOP_TIMEOUT_MS = 10_000;

/**
 * Runs a service until SIGINT, SIGTERM or the end of the parent process. Exits 1 when it cannot
 * start.
 */
export async function runService(start: () => Promise<Service>): Promise<void> {
  process.once("disconnect", endNow);
  if (process.send && !process.connected) endNow();
  const service = await start().catch((error: unknown) => {
    console.error(error instanceof ConfigError ? error.message : error);
    process.exit(1);
  });
  process.off("disconnect", endNow);
  let isStopping = false;
  const stop = (reason: string) => {
    if (isStopping) return;
    isStopping = true;
    service.log.info({ reason }, "stopping");
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        service.log.error({ err: error }, "could not stop cleanly");
        process.exit(1);
      },
    );
  };
  process.once("SIGINT", () => stop("SIGINT"));
  process.once("SIGTERM", () => stop("SIGTERM"));
  process.once("disconnect", () => stop("the parent process exited"));
  process.send?.({ kind: "listening", url: service.url, adminUrl: service.adminUrl });
  service.log.info({ url: service.url }, "listening");
}

/**
 * Ends a service whose parent exited before it was up, because nobody would ever stop it. It skips
 * exit handlers: the one that flushes the log never ends when the parent held the end of stdout.
 */
function endNow(): void {
  process.kill(process.pid, "SIGKILL");
}
