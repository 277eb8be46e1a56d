// Initials stand on drawings: their ink must be readable on each tone that a drawing has there.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const tokens = readFileSync("clients/ui/look/tokens.css", "utf8");
const TONE = /--([a-z]+)-(soft|mid|strong|ink): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g;
const colours = [...tokens.matchAll(TONE)].map(([, tone, depth, light, dark]) => ({
  tone,
  depth,
  light: light ?? "",
  dark: dark ?? "",
}));
/** Other colours also have a soft or a strong one; only tones of drawings have ink. */
const NAMES = colours.filter(({ depth }) => depth === "ink").map(({ tone }) => tone);
const tones = colours.filter(({ tone }) => NAMES.includes(tone));

/** As WCAG 2 defines it: text below 24 px needs 4.5. */
const CONTRAST_MIN = 4.5;

test.each(["light", "dark"] as const)("ink is readable on every tone of drawings, %s", (theme) => {
  const inks = tones.filter(({ depth }) => depth === "ink");
  const grounds = tones.filter(({ depth }) => depth === "soft" || depth === "mid");
  expect([inks.length, grounds.length]).toEqual([6, 12]);
  for (const ink of inks) {
    for (const ground of grounds) {
      const found = contrast(ink[theme], ground[theme]);
      expect(found, `${ink.tone} on ${ground.tone} ${ground.depth}`).toBeGreaterThan(CONTRAST_MIN);
    }
  }
});

test("the drawings use the tones that the look has", () => {
  const source = readFileSync("clients/ui/components/drawing/shapes.ts", "utf8");
  const named = /TONES = \[([^\]]*)\]/.exec(source)?.[1]?.match(/[a-z]+/g);
  expect(named).toEqual(NAMES);
});

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
