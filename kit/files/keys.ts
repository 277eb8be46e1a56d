// The keys under which the storage has the bytes of files: `<purpose>/<id>/original`, and a name of
// its own for each rendition.
import type { FileRow } from "#kit/files/store";

const ORIGINAL = "original";

export function keyOf(purpose: string, fileId: string, name = ORIGINAL): string {
  return `${purpose}/${fileId}/${name}`;
}

/** The key of a picture that was made of an image. */
export function renditionKey({ storageKey }: Pick<FileRow, "storageKey">, name: string): string {
  return `${storageKey.slice(0, -ORIGINAL.length)}${name}`;
}
