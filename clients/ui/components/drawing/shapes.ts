// The parts of drawings: paths in the tones of the look, and how a path is written.
import type { Chance } from "./chance.ts";

/** Each has a soft, a mid, a strong and an ink colour in `look/tokens.css`. */
export const TONES = ["violet", "plum", "rose", "amber", "leaf", "sea"] as const;
export type Tone = (typeof TONES)[number];
export type Depth = "soft" | "mid" | "strong" | "ink";

export interface Shape {
  readonly d: string;
  readonly colour: string;
  /** The width of its line; without it the path is filled. */
  readonly line?: number;
}

export interface Drawing {
  readonly back: string;
  readonly shapes: readonly Shape[];
}

export const colourOf = (tone: Tone, depth: Depth): string => `var(--${tone}-${depth})`;

/** A tone that stands well beside this one: the next on either side of the wheel. */
export function besides(tone: Tone, chance: Chance): Tone {
  const at = TONES.indexOf(tone) + chance.oneOf([1, TONES.length - 1]);
  return TONES[at % TONES.length] ?? tone;
}

export function disc(x: number, y: number, radius: number): string {
  const [r, width] = [round(radius), round(2 * radius)];
  return `M${round(x - radius)} ${round(y)}a${r} ${r} 0 1 0 ${width} 0a${r} ${r} 0 1 0-${width} 0z`;
}

/** A quarter of a disc within a square tile, from one of its four corners. */
export function quarter(x: number, y: number, side: number, corner: number): string {
  const right = corner === 1 || corner === 2;
  const below = corner > 1;
  const [from, to] = [right ? -side : side, below ? -side : side];
  const sweep = right === below ? 1 : 0;
  const start = `M${round(right ? x + side : x)} ${round(below ? y + side : y)}`;
  return `${start}h${from}a${side} ${side} 0 0 ${sweep} ${-from} ${to}z`;
}

/** The area below a wave that goes through the whole width. */
export function wave(at: WaveAt): string {
  const { y, height, length, shift, width, bottom } = at;
  let d = `M${round(-shift)} ${bottom}V${round(y)}`;
  for (let x = -shift, up = true; x < width; x += length / 2, up = !up) {
    const lift = round(up ? -height : height);
    d += `q${round(length / 4)} ${lift} ${round(length / 2)} 0`;
  }
  return `${d}V${bottom}z`;
}

interface WaveAt {
  readonly y: number;
  readonly height: number;
  readonly length: number;
  readonly shift: number;
  readonly width: number;
  readonly bottom: number;
}

/** One decimal is enough for an eye, and keeps the page small. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
