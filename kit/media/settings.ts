// The settings of a process that handles what people send.
import { z } from "zod";
import { createMedia, type Media } from "#kit/media/media";
import { createScanner } from "#kit/media/scanner";
import { ConfigError } from "#kit/service/config";
import type { Log } from "#kit/service/logger";

export const mediaShape = {
  CLAMAV_URL: z.url({ protocol: /^tcp$/, error: "is not a tcp URL" }).optional(),
  CLAMAV_REQUIRED: z.enum(["true", "false"]).default("false"),
};

export interface MediaConfig {
  readonly CLAMAV_URL?: string | undefined;
  readonly CLAMAV_REQUIRED: "true" | "false";
  readonly NODE_ENV: string;
}

const SCAN_TIMEOUT_MS = 60_000;

/**
 * Media by these settings. Without a scanner the log says so once: as a warning in production.
 * Throws a `ConfigError` if all files must be scanned by none.
 */
export function mediaOfSettings(config: MediaConfig, log: Log): Media {
  const { CLAMAV_URL: url, CLAMAV_REQUIRED, NODE_ENV } = config;
  const scansAll = CLAMAV_REQUIRED === "true";
  if (url !== undefined) {
    return createMedia({ log, scanner: createScanner(url, SCAN_TIMEOUT_MS), scansAll });
  }
  if (scansAll) {
    throw new ConfigError("CLAMAV_URL is not set, and CLAMAV_REQUIRED is: no file could be taken.");
  }
  log[NODE_ENV === "production" ? "warn" : "info"](
    "CLAMAV_URL is not set: files that people send are not scanned.",
  );
  return createMedia({ log, scanner: null, scansAll });
}
