// The read that each address of the app shows, by which its page knows how old it is.
import type { Shown } from "@meetinity/ui/offline/age.tsx";

const PLACES: readonly (readonly [path: RegExp, name: string])[] = [
  [/^\/$/, "Conversations"],
  [/^\/conversations\/([^/]+)$/, "ConversationPage"],
  [/^\/events$/, "FindEvents"],
  [/^\/events\/([^/]+)$/, "EventPage"],
  [/^\/registrations$/, "MyRegistrations"],
  [/^\/people$/, "MatchSuggestions"],
  [/^\/people\/matches$/, "Matches"],
  [/^\/people\/([^/]+)$/, "UserProfile"],
  [/^\/profile\/blocked$/, "BlockedUsers"],
];

/** The read that a page shows. Null for a page that keeps nothing. */
export function shownAt(path: string, viewerId: string | null): Shown | null {
  if (path === "/profile") return { name: "UserProfile", about: viewerId ?? undefined };
  for (const [pattern, name] of PLACES) {
    const found = pattern.exec(path);
    if (found) return { name, about: found[1] };
  }
  return null;
}
