// How long each link, code and challenge lives, and how often a code can be tried.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Stored: never rename a kind. */
export const ONCE = {
  "email.verify": { lifeMs: 24 * HOUR_MS },
  "email.change": { lifeMs: 24 * HOUR_MS },
  "email.undo": { lifeMs: 72 * HOUR_MS },
  "password.reset": { lifeMs: 30 * MINUTE_MS },
  "magic-link": { lifeMs: 10 * MINUTE_MS },
  "second-factor": { lifeMs: 10 * MINUTE_MS },
} as const satisfies Readonly<Record<string, { readonly lifeMs: number }>>;

export type OnceKind = keyof typeof ONCE;

/** How many guesses a code allows. */
export const CODE_ATTEMPTS_MAX = 5;
