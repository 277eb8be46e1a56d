// How long an access token lives. The device's clock is not asked: it may be wrong.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * Milliseconds from issue to end, both by the server's clock. Infinite when the token does not say:
 * then the router's refusal shows its end.
 */
export function lifeOf(token: string): number {
  try {
    const { iat, exp } = JSON.parse(decoded(token.split(".")[1] ?? ""));
    const lifeMs = (exp - iat) * 1000;
    return lifeMs > 0 ? lifeMs : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Base64url to text. Its ASCII is right, which is enough for numbers. */
function decoded(text: string): string {
  let bits = 0;
  let bitCount = 0;
  let result = "";
  for (const letter of text) {
    bits = ((bits << 6) | ALPHABET.indexOf(letter)) & 0xffff;
    bitCount += 6;
    if (bitCount < 8) continue;
    bitCount -= 8;
    result += String.fromCharCode((bits >> bitCount) & 0xff);
  }
  return result;
}
