// The closed list of scopes that the SDL may demand. Which role gives which is decided where roles
// live; a contract test holds the two together.

export const SCOPES: readonly string[] = [
  "profile:write",
  "registrations:write",
  "messages:write",
  "events:write",
  "moderation:write",
  "admin",
];
