// The tokens of links that change a person's preferences without sign-in. They say who, and prove
// it by the person's key: they last as long as the account, and reveal nothing else.
import { timingSafeEqual } from "node:crypto";
import { isId } from "#kit/data/id";
import type { Seal } from "#kit/trust/sealing";

/** Where mail programs unsubscribe by one click (RFC 8058). */
export const UNSUBSCRIBE_PATH = "/users/notices/unsubscribe";

const PURPOSE = "notices.preferences";

/** 80 characters: the id, a dot and a proof. */
export function tokenOf(seal: Pick<Seal, "digest">, personId: string): string {
  return `${personId}.${proofOf(seal, personId)}`;
}

function proofOf(seal: Pick<Seal, "digest">, personId: string): string {
  return Buffer.from(seal.digest(PURPOSE, personId)).toString("base64url");
}

/** The person whom a token names, which is not checked yet; null for no token. */
export function personIn(token: string): string | null {
  const [personId = ""] = token.split(".", 1);
  return isId(personId) ? personId : null;
}

/** Whether the proof of a token is the person's. */
export function isTokenOf(seal: Pick<Seal, "digest">, personId: string, token: string): boolean {
  const [given, expected] = [token, tokenOf(seal, personId)].map((text) => Buffer.from(text));
  if (!given || !expected || given.length !== expected.length) return false;
  return timingSafeEqual(given, expected);
}
