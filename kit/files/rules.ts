// Judges a file before it is sent: its kind, size, name and hash. It reads nothing.
import { badInput, type Violation } from "#kit/errors";
import { bareType, kindOf } from "#kit/media/kinds";
import type { MediaKind, Refusal } from "#kit/media/results";

/** Why a file is refused: before it is sent, or when it is looked at. */
export type FileRefusal = Refusal | "TOO_LARGE";

/** A file as its sender describes it. */
export interface NewFile {
  readonly fileName: string | null;
  readonly contentType: string;
  readonly bytes: number;
  /** 64 hexadecimal digits in lower case. */
  readonly sha256: string;
}

/** The kinds that a purpose takes, and the most bytes of a file of each. */
export type FileSizes = Readonly<Partial<Record<MediaKind, number>>>;

/** The room that all files of a person may take in a subgraph. */
export interface FileRoom {
  readonly bytesOfPersonMax: number;
  /** The most files that are begun and not finished. */
  readonly openUploadsMax: number;
}

export interface Refused {
  readonly kind: "refused";
  readonly refusal: FileRefusal;
  readonly bytesMax: number | null;
  readonly received: string;
}

/** The refusal of a file by its type or size; null for none. */
export function judgeNewFile({ contentType, bytes }: NewFile, sizes: FileSizes): Refused | null {
  const kind = kindOf(contentType);
  const bytesMax = kind === null ? undefined : sizes[kind];
  if (bytesMax === undefined) {
    return { kind: "refused", refusal: "UNSUPPORTED_KIND", bytesMax: null, received: contentType };
  }
  if (bytes <= bytesMax) return null;
  return { kind: "refused", refusal: "TOO_LARGE", bytesMax, received: String(bytes) };
}

/** The files of a person that are not refused. */
/** Ids grow with time. Of two pictures of one thing the one that was begun later stays. */
export function isNewer(fileId: string, shownId: string | null): boolean {
  return shownId === null || fileId > shownId;
}

export interface Usage {
  readonly openUploads: number;
  readonly bytes: number;
}

export type NoRoom =
  | {
      readonly kind: "full";
      readonly bytesLeft: number;
      readonly bytesMax: number;
      readonly received: number;
    }
  | { readonly kind: "tooMany"; readonly uploadsMax: number };

/** The refusal of another file of a person; null for none. */
export function judgeUsage(usage: Usage, bytes: number, room: FileRoom): NoRoom | null {
  const { openUploadsMax: uploadsMax, bytesOfPersonMax: bytesMax } = room;
  if (usage.openUploads >= uploadsMax) return { kind: "tooMany", uploadsMax };
  const bytesLeft = Math.max(0, bytesMax - usage.bytes);
  return bytes > bytesLeft ? { kind: "full", bytesLeft, bytesMax, received: bytes } : null;
}

const HASH = /^[0-9a-f]{64}$/;
/** Folders, and what file systems do not take. */
const NOT_A_NAME = /[/\\:*?"<>|]|^\.|\.$/;

/** The file with its bare type. Throws `BAD_USER_INPUT` for what no file can have. */
export function newFileOf(given: NewFile, field: string): NewFile {
  const { fileName, sha256 } = given;
  const violations: Violation[] = [];
  if (!HASH.test(sha256)) {
    const message = "is not the 64 hexadecimal digits of a SHA-256 in lower case";
    violations.push({ field: `${field}.sha256`, rule: "OTHER", message, received: sha256 });
  }
  if (fileName !== null && NOT_A_NAME.test(fileName)) {
    const message = "is not the name of a file without folders";
    violations.push({
      field: `${field}.fileName`,
      rule: "CHARACTERS",
      message,
      received: fileName,
    });
  }
  const [first, ...others] = violations;
  if (first) throw badInput([first, ...others]);
  return { ...given, contentType: bareType(given.contentType) };
}
