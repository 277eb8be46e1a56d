// The cookies of a browser, as the execution of an operation sees them.

/** The tokens that the router keeps for a page that must not see them, by their names. */
export interface TokenCookies {
  /** Empty without one. */
  tokenOf(name: string): string;
  /** Replaces it. The browser forgets it after this time. */
  keep(name: string, token: string, lifeSeconds: number): void;
}
