// The addresses of pictures of groups. Only members read them. One address is the same for all of
// them, because frames are, and lives long enough for caches.
import { keyOf } from "#kit/files/keys";
import type { Storage } from "#kit/storage/storage";
import { PICTURES } from "./rules.ts";

const LINK_SECONDS = 86_400;

/** `rendition` is a name of the rules. */
export function pictureLink(storage: Storage, fileId: string, rendition: string): string {
  const { url } = storage.link({
    key: keyOf(PICTURES, fileId, rendition),
    contentType: "image/webp",
    disposition: "inline",
    expiresIn: LINK_SECONDS,
  });
  return url;
}
