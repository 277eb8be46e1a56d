// The settings of a process that takes files of people.
import { z } from "zod";
import type { FileRoom } from "#kit/files/rules";
import { PART_BYTES } from "#kit/storage/parts";

/** The most parts of a ticket, as the SDL says. */
const TICKET_PARTS_MAX = 20;

/** The most bytes of one file. */
export const fileBytesSetting = z.coerce
  .number()
  .int()
  .min(1)
  .max(TICKET_PARTS_MAX * PART_BYTES);

/** The most bytes of all files of a person in a subgraph. */
export const roomSetting = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

export const uploadsShape = {
  FILES_OPEN_UPLOADS_MAX: z.coerce.number().int().min(1).max(1_000).default(20),
};

interface UploadsConfig {
  readonly FILES_OPEN_UPLOADS_MAX: number;
}

export function roomOf(config: UploadsConfig, bytesOfPersonMax: number): FileRoom {
  return { bytesOfPersonMax, openUploadsMax: config.FILES_OPEN_UPLOADS_MAX };
}
