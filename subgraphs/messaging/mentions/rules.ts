// Which mentions a text may have. Pure: whether the people are members is judged behind the lock.

/** A part of a text, in UTF-16 code units, that names a person. */
export interface Mention {
  readonly userId: string;
  readonly start: number;
  readonly length: number;
}

/** The fault of the mention at an index of the list. */
export interface MentionFault {
  readonly at: number;
  readonly field: "start" | "length";
  readonly message: string;
  readonly received: number;
}

/** The first mention that is not a part of the text, or that overlaps another; null without one. */
export function faultOf(body: string, mentions: readonly Mention[]): MentionFault | null {
  for (const [at, { start, length }] of mentions.entries()) {
    const end = start + length;
    if (end > body.length)
      return { at, field: "length", message: "must end in the text", received: length };
    const isOverlapping = mentions.some(
      (other, index) => index < at && start < other.start + other.length && other.start < end,
    );
    const fault = { at, field: "start", received: start } as const;
    if (isOverlapping) return { ...fault, message: "must not overlap another mention" };
    const isCutting = cutsCharacter(body, start) || cutsCharacter(body, end);
    if (isCutting) return { ...fault, message: "must not cut a character" };
  }
  return null;
}

/** True between the two halves of a character that UTF-16 writes as a pair. */
function cutsCharacter(text: string, at: number): boolean {
  const isHigh = at > 0 && isIn(text.charCodeAt(at - 1), 0xd800, 0xdbff);
  return isHigh && at < text.length && isIn(text.charCodeAt(at), 0xdc00, 0xdfff);
}

function isIn(unit: number, from: number, to: number): boolean {
  return unit >= from && unit <= to;
}

/** True when two lists mention the same people in the same places. */
export function areSame(one: readonly Mention[], other: readonly Mention[]): boolean {
  return keyOf(one) === keyOf(other);
}

/** By start, as one text. */
function keyOf(mentions: readonly Mention[]): string {
  const sorted = [...mentions].sort((a, b) => a.start - b.start);
  return sorted.map(({ userId, start, length }) => `${userId} ${start} ${length}`).join();
}
