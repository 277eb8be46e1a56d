// The `Content-Disposition` of a link (RFC 6266): what a browser does with the file, and its name
// on the reader's disk.
import { encoded } from "#kit/storage/signing";

const NAME_LENGTH_MAX = 150;

/** For old programs the name is there in ASCII too, with `_` for other characters. */
export function dispositionOf(kind: "attachment" | "inline", fileName?: string): string {
  if (fileName === undefined) return kind;
  const name = [...fileName.toWellFormed()].slice(0, NAME_LENGTH_MAX).join("");
  const ascii = name.replaceAll(/[^\x20-\x7e]|["\\%/]/g, "_");
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded(name)}`;
}
