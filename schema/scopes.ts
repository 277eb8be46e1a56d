// The closed list of scopes for the SDL. The users subgraph decides which role gives which; a
// contract test compares the two.

export const SCOPES: readonly string[] = [
  "profile:write",
  "registrations:write",
  "messages:write",
  "events:write",
  "moderation:write",
  "admin",
];
