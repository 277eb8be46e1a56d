// The rules of new passwords that a page can judge while somebody types. The server judges all of
// them again, and knows the common passwords and the person's own words.

export const LENGTH_MIN = 8;

/** The rules that a page shows, in this order. */
export type ShownRule = "length" | "variety";

/** Which rules a password keeps. */
export function keptRules(password: string): Readonly<Record<ShownRule, boolean>> {
  const characters = Array.from(password.normalize("NFKC"));
  return { length: characters.length >= LENGTH_MIN, variety: isVaried(characters) };
}

/** Neither a few characters again and again, nor a row such as `abcdefgh`. */
function isVaried(characters: readonly string[]): boolean {
  if (characters.length < 2 || /^(.{1,4}?)\1+$/su.test(characters.join(""))) return false;
  const points = characters.map((character) => character.codePointAt(0) ?? 0);
  const steps = points.slice(1).map((point, index) => point - (points[index] ?? 0));
  return Math.abs(steps[0] ?? 0) !== 1 || steps.some((step) => step !== steps[0]);
}
