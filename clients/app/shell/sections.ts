// The sections of the app, and which one a page belongs to. It reads nothing of the page.

export type Section = "conversations" | "events" | "people" | "profile";

/** The beginnings of the paths of each section. */
const PATHS: readonly (readonly [beginning: string, section: Section])[] = [
  ["/conversations", "conversations"],
  ["/events", "events"],
  ["/registrations", "events"],
  ["/people", "people"],
  ["/profile", "profile"],
  ["/settings", "profile"],
];

/** Null for a page of none, such as the confirmation of an address. One's own card is one's own. */
export function sectionOf(path: string, viewerId: string | null): Section | null {
  if (path === "/") return "conversations";
  if (viewerId !== null && path === `/people/${viewerId}`) return "profile";
  const found = PATHS.find(([beginning]) => path === beginning || path.startsWith(`${beginning}/`));
  return found?.[1] ?? null;
}

/** A conversation takes the whole of a small screen. */
export const isConversation = (path: string) => path.startsWith("/conversations/");
