// Remembers for whom notifications come to this browser: they go on after the next sign-in.

/** The key of the id of the person who wants them here. */
export const PUSHED = "meetinity.pushed";
