// The embedded store as a process of this bench. Its folder is its argument.
import type { AddressInfo } from "node:net";
import { systemClock } from "#kit/clock";
import { createLog } from "#kit/service/logger";
import { originsOf } from "#kit/storage/embedded/cors";
import { createStore } from "#kit/storage/embedded/server";
import { BUCKET, CREDENTIALS } from "./listeners.ts";

const [, , folder = ""] = process.argv;
const { server } = await createStore({
  folder,
  bucket: BUCKET,
  credentials: CREDENTIALS,
  isOurs: originsOf([], true),
  freeBytesMin: 0,
  clock: systemClock,
  log: createLog({ name: "store", level: "warn" }),
});
server.listen(0, "127.0.0.1", 4_096, () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit());
