// The files of a message on its way. Their bytes have arrived before.
import type { Mentioned } from "./mentions.ts";
import type { Message } from "./messages.ts";

export type Attachment = Message["attachments"][number];

/** A file whose upload is finished. */
export type OutgoingFile = Pick<
  Attachment,
  "id" | "contentType" | "fileName" | "bytes" | "durationMs"
>;

/** A message as people write it. The text may be empty where there are files. */
export type NewMessage = readonly [
  body: string,
  replyToId?: string | null,
  mentioned?: Mentioned,
  files?: readonly OutgoingFile[],
];
