// The running stack's store of files, for tests that run a subgraph's code in their own process.
import { readConfig } from "../../kit/service/config.ts";
import { storageOfSettings, storageShape } from "../../kit/storage/settings.ts";
import type { Storage } from "../../kit/storage/storage.ts";
import { stack } from "./stack.ts";

export function stackStorage(): Storage {
  return storageOfSettings(readConfig(storageShape, stack().storage));
}
