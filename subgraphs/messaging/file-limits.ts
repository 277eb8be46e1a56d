// How large the files may be that people send here, by settings.
import type { FileRoom, FileSizes } from "#kit/files/rules";
import { fileBytesSetting, roomOf, roomSetting, uploadsShape } from "#kit/files/settings";

export const fileLimitsShape = {
  ...uploadsShape,
  FILES_ATTACHMENT_IMAGE_BYTES_MAX: fileBytesSetting.default(25_000_000),
  FILES_ATTACHMENT_AUDIO_BYTES_MAX: fileBytesSetting.default(25_000_000),
  FILES_ATTACHMENT_DOCUMENT_BYTES_MAX: fileBytesSetting.default(50_000_000),
  FILES_GROUP_PICTURE_BYTES_MAX: fileBytesSetting.default(10_000_000),
  FILES_MESSAGING_PERSON_BYTES_MAX: roomSetting.default(1_000_000_000),
};

type FileLimitsConfig = Readonly<Record<keyof typeof fileLimitsShape, number>>;

export interface FileLimits {
  readonly attachments: FileSizes;
  readonly pictures: FileSizes;
  /** Of a person, for all their files in all conversations. */
  readonly room: FileRoom;
}

export function fileLimitsOf(config: FileLimitsConfig): FileLimits {
  return {
    attachments: {
      image: config.FILES_ATTACHMENT_IMAGE_BYTES_MAX,
      audio: config.FILES_ATTACHMENT_AUDIO_BYTES_MAX,
      document: config.FILES_ATTACHMENT_DOCUMENT_BYTES_MAX,
    },
    pictures: { image: config.FILES_GROUP_PICTURE_BYTES_MAX },
    room: roomOf(config, config.FILES_MESSAGING_PERSON_BYTES_MAX),
  };
}
