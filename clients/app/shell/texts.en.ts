// The texts that every page has.

export const shell = {
  skipToContent: "Skip to content",
  menu: "Menu",
  language: "Language",
  theme: "Theme",
  themes: { system: "System", light: "Light", dark: "Dark" },
  myCard: "My card",
  signOut: "Sign out",
  signOutFailed:
    "You are signed out here. The server could not be reached, and ends the session later.",
  loading: "Loading…",
  tryAgain: "Try again",
  cancel: "Cancel",
  close: "Close",
  showCharacters: "Show characters",
  hideCharacters: "Hide characters",
  offline: "You are offline. Messages are sent when the connection is back.",
  connecting: "Connecting…",
  pageFailed: "This page could not be loaded",
  notFound: "There is nothing here",
  toConversations: "To your conversations",
  errors: {
    network: "The server cannot be reached. Check your connection.",
    FORBIDDEN: "You may not do this.",
    NOT_FOUND: "This does not exist, or not for you.",
    CONFLICT: "Somebody else was faster. Try again.",
    RATE_LIMITED: "That was too often. Wait a little, and try again.",
    SUBGRAPH_UNAVAILABLE: "A part of Meetinity does not answer right now. Try again soon.",
    UNAUTHENTICATED: "Your session has ended. Sign in again.",
    unknown: "Something went wrong on our side. Try again.",
  },
};
