// The texts of the message requests.

export const requests = {
  title: "Requests",
  lead: "From people with whom you share no match, event or conversation. They learn nothing until you accept.",
  empty: "No requests.",
  emptyHint: "When somebody whom you do not know writes to you, you find it here.",
  end: "These are all requests.",
  invites: "Invites you to the group “{{title}}”.",
  members_one: "{{count}} member.",
  members_other: "{{count}} members.",
  accept: "Accept",
  refuse: "Refuse",
  block: "Block",
  blockTitle: "Block {{name}}?",
  blockEffect: "The request goes, and {{name}} cannot write to you any more.",
  refused: "Refused. Nobody is told.",
  blocked: "Blocked.",
  full: "The group has no room any more.",
};
