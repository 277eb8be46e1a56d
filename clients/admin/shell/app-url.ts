// Where the attendee's app is. A portal at an origin of its own is built with `VITE_APP_URL`.

const { VITE_APP_URL = "/app/" } = import.meta.env as { readonly VITE_APP_URL?: string };

/** The address of a path of the app. */
export function appUrl(path = ""): string {
  return new URL(path, new URL(VITE_APP_URL, location.href)).href;
}
