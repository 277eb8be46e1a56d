// Remembers for whom notifications come to this browser: they go on after the next sign-in.

/** The key under which the id of the person is who wants them here. */
export const PUSHED = "meetinity.pushed";
