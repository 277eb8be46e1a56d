// The texts of who sees the viewer.

export const privacy = {
  who: "Who sees what",
  profile: "Your profile is for people who are signed in. Search engines do not find it.",
  email: "Your email address is for you and the admins alone.",
  blocks: "Whom you block does not find you, and is not told.",
  events: "At your events",
  eventsHint: "Hosts always see who is registered. The other guests see you in the list, or not:",
  none: "You are registered for no event that is coming.",
};
