// The cookie of a browser's session, as the execution of an operation sees it.

/** The token of a session, which the router keeps for a page that must not see it. */
export interface SessionCookie {
  /** Empty without one. */
  readonly token: string;
  /** Replaces it. The browser forgets it after this time. */
  keep(token: string, lifeSeconds: number): void;
}
