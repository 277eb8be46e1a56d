// The cookie as headers have it. Scripts cannot read it, other sites do not send it, and browsers
// send it to one path alone.

const NAME = "meetinity_session";
/** Longer than any token, so that a client cannot make us carry more. */
const LENGTH_MAX = 1_024;

/** The token in a `Cookie` header; empty without one. */
export function tokenIn(header: string | undefined): string {
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at < 0 || pair.slice(0, at).trim() !== NAME) continue;
    const value = pair.slice(at + 1).trim();
    return value.length <= LENGTH_MAX ? value : "";
  }
  return "";
}

interface CookieOptions {
  readonly path: string;
  /** The browser sends it over HTTPS alone. */
  readonly isSecure: boolean;
  /** 0 makes the browser forget it. */
  readonly lifeSeconds: number;
}

/** A `Set-Cookie` header. Throws for a token that cannot be in one. */
export function setCookie(token: string, { path, isSecure, lifeSeconds }: CookieOptions): string {
  if (!/^[\w.~+/=-]*$/.test(token)) throw new Error("a session token does not fit into a cookie");
  const parts = [
    `${NAME}=${token}`,
    `Max-Age=${lifeSeconds}`,
    `Path=${path}`,
    "HttpOnly",
    "SameSite=Strict",
    ...(isSecure ? ["Secure"] : []),
  ];
  return parts.join("; ");
}
