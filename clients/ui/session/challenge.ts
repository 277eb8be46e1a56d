// The challenge between the two steps of signing in. It stays in memory: after a reload the person
// begins anew.

let challenge: string | null = null;

/** Keeps what the first step was answered with; null forgets it. */
export function holdChallenge(given: string | null): void {
  challenge = given;
}

export function heldChallenge(): string | null {
  return challenge;
}
