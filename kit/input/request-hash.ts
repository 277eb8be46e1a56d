// Hashes the input of a mutation that has an idempotency key. A repeat with the same key and
// another hash is a conflict. The hash is stored in place of the input, which may be edited or
// erased later.
import { createHash } from "node:crypto";

/**
 * SHA-256 in base64url of the values as a JSON array. Their order counts. Stored hashes depend on
 * it, so it must never change for a mutation.
 */
export function requestHash(values: readonly (string | number | boolean | null)[]): string {
  return createHash("sha256").update(JSON.stringify(values)).digest("base64url");
}
