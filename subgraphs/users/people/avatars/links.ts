// The addresses of pictures. Everybody who is signed in may see them, so they are the same for all
// and live long enough for caches.
import { keyOf } from "#kit/files/keys";
import type { Storage } from "#kit/storage/storage";
import { AVATARS } from "./rules.ts";

const LINK_SECONDS = 86_400;

/** `rendition` is a name of the rules. */
export function avatarLink(storage: Storage, fileId: string, rendition: string): string {
  const { url } = storage.link({
    key: keyOf(AVATARS, fileId, rendition),
    contentType: "image/webp",
    disposition: "inline",
    expiresIn: LINK_SECONDS,
  });
  return url;
}
