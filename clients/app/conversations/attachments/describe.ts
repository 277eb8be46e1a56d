// The files of a message in words, for places where they are not shown: the list of conversations,
// quotes, and what screen readers are told. Pure.
import type { Attachment, Message, OutgoingFile } from "@meetinity/client";
import { formatLength } from "@meetinity/ui/i18n/durations.ts";
import type { TFunction } from "i18next";

type T = TFunction<"conversation">;
type Kind = NonNullable<Attachment["kind"]>;
type Described = Pick<Attachment, "kind" | "contentType" | "fileName" | "durationMs">;

const EMOJI = { IMAGE: "📷", AUDIO: "🎤", DOCUMENT: "📎" } as const;

/** Before a file has been looked at, it is what its sender says. */
export function kindOf({ kind, contentType }: Pick<Described, "kind" | "contentType">): Kind {
  if (kind) return kind;
  if (contentType.startsWith("image/")) return "IMAGE";
  return contentType.startsWith("audio/") ? "AUDIO" : "DOCUMENT";
}

/** A recording that the app has made has no name. */
export function isVoice(file: Described): boolean {
  return kindOf(file) === "AUDIO" && file.fileName === null;
}

function words(files: readonly Described[], first: Described, t: T): string {
  const count = files.length;
  if (files.every((file) => kindOf(file) === "IMAGE")) return t("files.photos", { count });
  if (count > 1) return t("files.several", { count });
  if (!isVoice(first)) return first.fileName ?? t("files.several", { count });
  const { durationMs } = first;
  if (durationMs === null) return t("files.voice");
  return t("files.voiceOf", { length: formatLength(durationMs) });
}

/** The files in words, or the text that goes with them. Empty where there are none. */
export function describeFiles(files: readonly Described[], t: T, text = ""): string {
  const [first] = files;
  if (!first) return text;
  const kind = files.every((file) => kindOf(file) === kindOf(first)) ? kindOf(first) : "DOCUMENT";
  return `${EMOJI[kind]} ${text === "" ? words(files, first, t) : text}`;
}

interface Told extends Pick<Message, "body"> {
  readonly attachments: readonly Described[];
}

/** A file of a message on its way, as those who see the message have it until it is looked at. */
export function attachmentOf(file: OutgoingFile): Attachment {
  const unknown = { kind: null, refusal: null, width: null, height: null, placeholder: null };
  return { __typename: "Attachment", ...unknown, ...file, state: "PROCESSING" };
}

/** A message in one line; null once it is deleted. */
export function lineOf({ body, attachments }: Told, t: T): string | null {
  return body === null ? null : describeFiles(attachments, t, body);
}
