// The embedded store as a process: `npm start` runs it, and a deployment on one machine can. Its
// port is open to clients; each request must be signed.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { systemClock } from "#kit/clock";
import { adminAddress, port, readConfig, serviceShape } from "#kit/service/config";
import { createHealth } from "#kit/service/health";
import { runService, type Service } from "#kit/service/lifecycle";
import { createLog } from "#kit/service/logger";
import { originsOf } from "#kit/storage/embedded/cors";
import { createStore } from "#kit/storage/embedded/server";
import { bucketOf, bucketShape } from "#kit/storage/settings";
import { startAdmin } from "#kit/telemetry/admin";

const PUBLIC_URL_OF_DEVELOPMENT = "http://localhost:4000";
const FREE_BYTES_MIN = 256 * 1_024 * 1_024;
/** Connections that may wait to be accepted, when many readers come at once. */
const BACKLOG = 4_096;

await runService(async (): Promise<Service> => {
  const config = readConfig({
    ...serviceShape,
    ...bucketShape,
    PORT: port,
    STORAGE_FOLDER: z.string(),
    STORAGE_FREE_BYTES_MIN: z.coerce.number().int().min(0).default(FREE_BYTES_MIN),
    PUBLIC_URL: z.string().default(PUBLIC_URL_OF_DEVELOPMENT),
    CORS_ORIGINS: z.string().default(""),
  });
  const log = createLog({ name: "storage", level: config.LOG_LEVEL });
  const origins = [config.PUBLIC_URL, ...config.CORS_ORIGINS.split(",")].filter(Boolean);
  const store = await createStore({
    folder: config.STORAGE_FOLDER,
    ...bucketOf(config),
    isOurs: originsOf(origins, config.NODE_ENV === "production"),
    freeBytesMin: config.STORAGE_FREE_BYTES_MIN,
    clock: systemClock,
    log,
  });
  const health = createHealth({ disk: store.check });
  const admin = await startAdmin("storage", {
    ...adminAddress(config),
    health,
    log,
    summaries: null,
  });
  store.server.listen({ host: config.HOST, port: config.PORT, backlog: BACKLOG });
  await once(store.server, "listening");
  const { port: own } = store.server.address() as AddressInfo;
  return {
    url: `http://${config.HOST}:${own}`,
    adminUrl: admin.url,
    log,
    async stop() {
      await store.stop();
      await admin.stop();
    },
  };
});
