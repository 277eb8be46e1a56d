// The cookies of tokens as headers have them. Scripts cannot read them, other sites do not send
// them, and browsers send them to one path alone.

const PREFIX = "meetinity_";
/** Longer than any token, so that a client cannot make us carry more. */
const LENGTH_MAX = 1_024;

/** The token of this name in a `Cookie` header; empty without one. */
export function tokenIn(header: string | undefined, name: string): string {
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at < 0 || pair.slice(0, at).trim() !== `${PREFIX}${name}`) continue;
    const value = pair.slice(at + 1).trim();
    return value.length <= LENGTH_MAX ? value : "";
  }
  return "";
}

interface CookieOptions {
  /** The token's, in lower-case letters. */
  readonly name: string;
  readonly path: string;
  /** The browser sends it over HTTPS alone. */
  readonly isSecure: boolean;
  /** 0 makes the browser forget it. */
  readonly lifeSeconds: number;
}

/** A `Set-Cookie` header. Throws for a token that cannot be in one. */
export function setCookie(token: string, options: CookieOptions): string {
  const { name, path, isSecure, lifeSeconds } = options;
  if (!/^[\w.~+/=-]*$/.test(token)) throw new Error(`a ${name} token does not fit into a cookie`);
  const parts = [
    `${PREFIX}${name}=${token}`,
    `Max-Age=${lifeSeconds}`,
    `Path=${path}`,
    "HttpOnly",
    "SameSite=Strict",
    ...(isSecure ? ["Secure"] : []),
  ];
  return parts.join("; ");
}
