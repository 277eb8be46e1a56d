// How large the files may be that people send here, by settings.
import type { FileRoom, FileSizes } from "#kit/files/rules";
import { fileBytesSetting, roomOf, roomSetting, uploadsShape } from "#kit/files/settings";

export const fileLimitsShape = {
  ...uploadsShape,
  FILES_COVER_BYTES_MAX: fileBytesSetting.default(10_000_000),
  FILES_EVENTS_PERSON_BYTES_MAX: roomSetting.default(500_000_000),
};

type FileLimitsConfig = Readonly<Record<keyof typeof fileLimitsShape, number>>;

export interface FileLimits {
  readonly covers: FileSizes;
  /** Of a person, for the covers of all events. */
  readonly room: FileRoom;
}

export function fileLimitsOf(config: FileLimitsConfig): FileLimits {
  return {
    covers: { image: config.FILES_COVER_BYTES_MAX },
    room: roomOf(config, config.FILES_EVENTS_PERSON_BYTES_MAX),
  };
}
