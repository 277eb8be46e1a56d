// Whether a viewer has confirmed their e-mail address, and the refusal of those who have not.
import type { Viewer } from "#kit/trust/identity";

const VERIFIED = "verified";

/**
 * True when the viewer's e-mail address is verified, or this installation does not ask for that.
 * The router adds the scope to tokens that are out already, so nothing is looked up here.
 */
export function isVerified(viewer: Viewer): boolean {
  return viewer.scopes.includes(VERIFIED);
}

/** The outcome of an action for which the viewer must be verified. */
export const NOT_VERIFIED = { kind: "notVerified" } as const;

export type NotVerified = typeof NOT_VERIFIED;

/** The problem of that outcome, as kit/schema.graphql declares it. */
export const EMAIL_NOT_VERIFIED = {
  __typename: "EmailNotVerifiedProblem",
  reason: "Confirm your e-mail address first.",
} as const;
