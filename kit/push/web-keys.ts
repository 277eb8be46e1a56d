// The keys of browsers.
import { ECDH } from "node:crypto";

/** An uncompressed point, 65 bytes, without padding. */
const POINT = /^[\w-]{87}$/;

/** Whether a text is a point of P-256 as base64url. */
export function isPoint(text: string): boolean {
  if (!POINT.test(text)) return false;
  try {
    ECDH.convertKey(text, "prime256v1", "base64url");
    return true;
  } catch {
    return false;
  }
}
