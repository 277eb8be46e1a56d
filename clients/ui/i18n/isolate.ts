// Values within our own sentences, such as names: one that runs from right to left must not change
// the order of the words around it.

const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

/** Hebrew, Arabic and other scripts from right to left, and marks that turn the direction. */
const TURNS = new RegExp(
  [
    ...["Hebrew", "Arabic", "Syriac", "Thaana", "Nko"].map((name) => `\\p{Script=${name}}`),
    "[\u200f\u202a-\u202e\u2066-\u2069]",
  ].join("|"),
  "u",
);

/** Marks that open or close a direction, which must not reach beyond the value. */
const OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g;

/** The value as it stands in a sentence. Others stay as they are, so that texts can be compared. */
export function isolate(value: string): string {
  if (!TURNS.test(value)) return value;
  return `${FIRST_STRONG_ISOLATE}${value.replaceAll(OVERRIDES, "")}${POP_ISOLATE}`;
}
