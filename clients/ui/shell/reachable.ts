// Whether the server answers. No service worker does in its place.

export function isReachable(): Promise<boolean> {
  return fetch(import.meta.env.BASE_URL, { method: "HEAD", cache: "no-store" }).then(
    () => true,
    () => false,
  );
}
