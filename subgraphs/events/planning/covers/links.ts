// The addresses of covers. Everybody may see those of published events, so they are the same for
// all and live long enough for caches; those of drafts end after minutes.
import { keyOf } from "#kit/files/keys";
import type { Storage } from "#kit/storage/storage";
import { COVERS } from "./rules.ts";

const LINK_SECONDS = 86_400;
const DRAFT_LINK_SECONDS = 600;

/** `rendition` is a name of the rules. */
export function coverLink(
  storage: Storage,
  fileId: string,
  { rendition, isDraft }: { readonly rendition: string; readonly isDraft: boolean },
): string {
  const { url } = storage.link({
    key: keyOf(COVERS, fileId, rendition),
    contentType: "image/webp",
    disposition: "inline",
    expiresIn: isDraft ? DRAFT_LINK_SECONDS : LINK_SECONDS,
  });
  return url;
}
