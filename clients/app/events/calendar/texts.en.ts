// The texts of adding an event to a calendar, and of sharing it.

export const calendar = {
  add: "Add to calendar",
  file: "Calendar file (.ics)",
  google: "Google Calendar",
  outlook: "Outlook on the web",
  share: "Share",
  copied: "The link is copied.",
  notCopied: "The link could not be copied: take it from the address bar.",
};
