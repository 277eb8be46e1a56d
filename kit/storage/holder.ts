// The header that binds a signed link to one person: it is signed and not in the link, so a link
// that was pasted or logged is of no use to others.
import { createHmac } from "node:crypto";

export const HOLDER_HEADER = "x-meetinity-holder";

/** The value that the holder sends. Nobody can guess it from the holder's id. */
export function holderValue(secret: string, holder: string): string {
  return createHmac("sha256", secret).update(`holder:${holder}`).digest("base64url");
}
