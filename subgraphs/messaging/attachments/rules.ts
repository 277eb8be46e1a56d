// The files that a message may have, their renditions, and attachments as readers get them. Pure.
import type { FileSizes } from "#kit/files/rules";
import type { FileRow } from "#kit/files/store";
import type { MediaPurpose } from "#kit/media/results";
import type { AttachmentRow } from "./store.ts";

/** The purpose of these files. */
export const ATTACHMENTS = "attachments";

export const ATTACHMENT_SIZES: FileSizes = {
  image: 25_000_000,
  audio: 25_000_000,
  document: 50_000_000,
};

/** All files of a person in all conversations. */
export const BYTES_OF_PERSON_MAX = 1_000_000_000;

export const ATTACHMENT_MEDIA: MediaPurpose = {
  kinds: ["image", "audio", "document"],
  renditions: [
    { name: "preview", width: 480, height: 480 },
    { name: "screen", width: 2_048, height: 2_048 },
  ],
  durationMsMax: 15 * 60 * 1_000,
};

/** The attachment of a file that was read as the kit has it. */
export function attachmentOf(file: FileRow): AttachmentRow {
  const { placeholder } = file;
  const encoded = placeholder === null ? null : Buffer.from(placeholder).toString("base64");
  return { ...file, placeholder: encoded };
}
