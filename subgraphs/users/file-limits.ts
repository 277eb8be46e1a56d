// How large the files may be that people send here, by settings.
import type { FileRoom, FileSizes } from "#kit/files/rules";
import { fileBytesSetting, roomOf, roomSetting, uploadsShape } from "#kit/files/settings";

export const fileLimitsShape = {
  ...uploadsShape,
  FILES_AVATAR_BYTES_MAX: fileBytesSetting.default(10_000_000),
  FILES_USERS_PERSON_BYTES_MAX: roomSetting.default(50_000_000),
};

type FileLimitsConfig = Readonly<Record<keyof typeof fileLimitsShape, number>>;

export interface FileLimits {
  readonly avatars: FileSizes;
  /** Originals of pictures that are being looked at, and the renditions of the one shown. */
  readonly room: FileRoom;
}

export function fileLimitsOf(config: FileLimitsConfig): FileLimits {
  return {
    avatars: { image: config.FILES_AVATAR_BYTES_MAX },
    room: roomOf(config, config.FILES_USERS_PERSON_BYTES_MAX),
  };
}
