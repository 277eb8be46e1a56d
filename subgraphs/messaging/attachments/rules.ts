// The renditions of files of messages, and attachments as readers get them. Pure.
import type { FileRow } from "#kit/files/store";
import type { MediaPurpose } from "#kit/media/results";
import type { AttachmentRow } from "./store.ts";

/** The purpose of these files. */
export const ATTACHMENTS = "attachments";

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
