// A store as a process, which a test kills. Its folder is its argument.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { systemClock } from "#kit/clock";
import { createLog } from "#kit/service/logger";
import { originsOf } from "#kit/storage/embedded/cors";
import { createStore } from "#kit/storage/embedded/server";
import { BUCKET, CREDENTIALS } from "../../kit/store.ts";

const [, , folder = ""] = process.argv;
const { server } = await createStore({
  folder,
  bucket: BUCKET,
  credentials: CREDENTIALS,
  isOurs: originsOf([], true),
  freeBytesMin: 0,
  clock: systemClock,
  log: createLog({ name: "store", level: "silent" }),
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.once("disconnect", () => process.exit());
process.send?.((server.address() as AddressInfo).port);
