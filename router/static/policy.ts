// The headers of an app's page: what it may load, and who may frame it or learn where it was.

/**
 * `socketOrigin` is `ws:` or `wss:` of our own origin: some browsers leave it out of `'self'`.
 * `storageUrl` is the origin of stored files.
 */
export function pageHeaders(
  socketOrigin: string,
  storageUrl: string | null,
): Readonly<Record<string, string>> {
  const storage = storageUrl === null ? "" : ` ${storageUrl}`;
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ${socketOrigin}${storage}`,
    `img-src 'self' blob: data:${storage}`,
    `media-src 'self' blob:${storage}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return {
    "content-security-policy": policy.join("; "),
    "cross-origin-opener-policy": "same-origin",
  };
}
