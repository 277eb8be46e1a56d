// Numbers that look random and are always the same for one text: a drawing belongs to its id.

export interface Chance {
  /** From `low` up to, without, `high`. */
  between(low: number, high: number): number;
  /** Each as likely as the others. */
  oneOf<T>(choices: readonly [T, ...T[]]): T;
}

/** FNV-1a starts the numbers, mulberry32 makes them; https://github.com/bryc/code has both. */
export function chanceOf(text: string): Chance {
  let state = hashOf(text);
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  return {
    between: (low, high) => low + next() * (high - low),
    oneOf: (choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
  };
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash;
}
