// Signed addresses under which files are read: they end after minutes, and those of private files
// work for one person alone.
import { renditionKey } from "#kit/files/keys";
import type { FileRow } from "#kit/files/store";
import type { SignedUrl, Storage } from "#kit/storage/storage";

const LINK_SECONDS = 600;

export interface FileLink extends SignedUrl {
  readonly expiresAt: Date;
}

interface Reading {
  readonly storage: Storage;
  now(): Date;
}

/**
 * A link to a file that is READY. Whether the reader may have it is the caller's to judge, each
 * time anew. `rendition` names a picture of an image; `holder` is the only person for whom the link
 * works.
 */
export function linkTo(
  { storage, now }: Reading,
  file: Pick<FileRow, "storageKey" | "contentType" | "fileName">,
  { rendition, holder }: { readonly rendition?: string; readonly holder?: string },
): FileLink {
  const own = holder === undefined ? {} : { holder };
  const signed = rendition
    ? storage.link({
        key: renditionKey(file, rendition),
        contentType: "image/webp",
        disposition: "inline",
        expiresIn: LINK_SECONDS,
        ...own,
      })
    : storage.link({
        key: file.storageKey,
        contentType: file.contentType,
        disposition: "attachment",
        expiresIn: LINK_SECONDS,
        ...(file.fileName === null ? {} : { fileName: file.fileName }),
        ...own,
      });
  // A link lives at least half of its time.
  return { ...signed, expiresAt: new Date(now().getTime() + (LINK_SECONDS * 1_000) / 2) };
}
