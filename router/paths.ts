// The paths that the router answers itself. Folders of static files may not overlap with them.

export const GRAPHQL_PATH = "/graphql";
export const SESSION_PATH = "/session";

/** The first segments of all paths of our own, those of pages to come among them. */
export const OWN_SEGMENTS: readonly string[] = [
  GRAPHQL_PATH,
  SESSION_PATH,
  "/graphiql",
  "/sandbox",
  "/mailbox",
  "/livez",
  "/readyz",
  "/startupz",
  "/metrics",
  "/.well-known",
].map((path) => path.slice(1));
