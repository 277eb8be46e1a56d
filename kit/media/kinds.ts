// The content types that we take, and what the beginning of such a file looks like. Anything else
// is refused: HTML, SVG and programs above all.
import type { MediaKind } from "#kit/media/results";

interface KnownType {
  readonly kind: MediaKind;
  /** The names of `file-type` for files of this type. Empty for text, which has no signature. */
  readonly sniffed: readonly string[];
}

const OFFICE = "application/vnd.openxmlformats-officedocument";
const OPEN_DOCUMENT = "application/vnd.oasis.opendocument";

const document = (type: string): [string, KnownType] => [
  type,
  { kind: "document", sniffed: [type] },
];

/** The types of files. Containers of audio may hold video: whoever reads them must look. */
const KNOWN_TYPES: ReadonlyMap<string, KnownType> = new Map<string, KnownType>([
  ["image/jpeg", { kind: "image", sniffed: ["image/jpeg"] }],
  ["image/png", { kind: "image", sniffed: ["image/png", "image/apng"] }],
  ["image/webp", { kind: "image", sniffed: ["image/webp"] }],
  ["image/gif", { kind: "image", sniffed: ["image/gif"] }],
  ["image/avif", { kind: "image", sniffed: ["image/avif"] }],
  ["audio/webm", { kind: "audio", sniffed: ["video/webm", "audio/webm"] }],
  ["audio/ogg", { kind: "audio", sniffed: ["audio/ogg", "audio/ogg; codecs=opus"] }],
  ["audio/mp4", { kind: "audio", sniffed: ["audio/mp4", "audio/x-m4a", "video/mp4"] }],
  ["audio/mpeg", { kind: "audio", sniffed: ["audio/mpeg"] }],
  ["audio/wav", { kind: "audio", sniffed: ["audio/wav"] }],
  document("application/pdf"),
  document(`${OFFICE}.wordprocessingml.document`),
  document(`${OFFICE}.spreadsheetml.sheet`),
  document(`${OFFICE}.presentationml.presentation`),
  document(`${OPEN_DOCUMENT}.text`),
  document(`${OPEN_DOCUMENT}.spreadsheet`),
  document(`${OPEN_DOCUMENT}.presentation`),
  ["text/plain", { kind: "document", sniffed: [] }],
  ["text/csv", { kind: "document", sniffed: [] }],
]);

/** A content type without its parameters, such as the codecs that browsers add. */
export function bareType(contentType: string): string {
  return (contentType.split(";", 1)[0] ?? "").trim().toLowerCase();
}

/** The kind of a declared content type; null for one that we do not take. */
export function kindOf(contentType: string): MediaKind | null {
  return KNOWN_TYPES.get(bareType(contentType))?.kind ?? null;
}

export function isText(contentType: string): boolean {
  return KNOWN_TYPES.get(bareType(contentType))?.sniffed.length === 0;
}

/** True if a file of the declared type may begin like this. */
export function agrees(contentType: string, sniffed: string | null): boolean {
  const known = KNOWN_TYPES.get(bareType(contentType));
  if (!known) return false;
  if (sniffed === null) return known.sniffed.length === 0;
  return known.sniffed.includes(sniffed);
}

/** The first characters of what browsers and shells run, behind white space and a mark of order. */
const RUNNABLE = /^[\s\ufeff]*(?:<[!?a-z]|#!|%!PS)/i;

/** True for text that is no markup and no script. `start` is the beginning of a file. */
export function isPlainText(start: Uint8Array, isWhole: boolean): boolean {
  try {
    // The last character of a part may be cut.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(start, { stream: !isWhole });
    return !text.includes("\0") && !RUNNABLE.test(text);
  } catch {
    return false;
  }
}
