// The running stack's store of files, for tests that run a subgraph's code in their own process.
import { readConfig } from "../../kit/service/config.ts";
import { storageOfSettings, storageShape } from "../../kit/storage/settings.ts";
import type { Storage } from "../../kit/storage/storage.ts";
import * as events from "../../subgraphs/events/file-limits.ts";
import * as messaging from "../../subgraphs/messaging/file-limits.ts";
import { stack } from "./stack.ts";

function stackStorage(): Storage {
  return storageOfSettings(readConfig(storageShape, stack().storage));
}

/** Of an events subgraph with default limits. */
export function eventsFiles() {
  const fileLimits = events.fileLimitsOf(readConfig(events.fileLimitsShape, {}));
  return { storage: stackStorage(), fileLimits };
}

/** Of a messaging subgraph with default limits. */
export function messagingFiles() {
  const fileLimits = messaging.fileLimitsOf(readConfig(messaging.fileLimitsShape, {}));
  return { storage: stackStorage(), fileLimits };
}
