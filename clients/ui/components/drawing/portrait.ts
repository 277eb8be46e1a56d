// The drawing behind the initials of a person or a group, in a square of 80. It has only soft and
// mid tones, so that initials in ink keep their contrast everywhere.
import { type Chance, chanceOf } from "./chance.ts";
import {
  besides,
  colourOf,
  type Drawing,
  disc,
  quarter,
  type Shape,
  TONES,
  type Tone,
  wave,
} from "./shapes.ts";

export interface Portrait extends Drawing {
  readonly ink: string;
  /** Degrees that the drawing is turned by. */
  readonly turn: number;
}

/** Of one id always the same. Groups are tiles; no person has those. */
export function portraitOf(id: string, kind: "person" | "group"): Portrait {
  const chance = chanceOf(id);
  const tone = chance.oneOf(TONES);
  const near = besides(tone, chance);
  const isGroup = kind === "group";
  return {
    back: colourOf(tone, "soft"),
    ink: colourOf(tone, "ink"),
    turn: isGroup ? 0 : Math.round(chance.between(0, 360)),
    shapes: isGroup ? tiles(tone, near, chance) : chance.oneOf(SCENES)(tone, near, chance),
  };
}

type Scene = (tone: Tone, near: Tone, chance: Chance) => readonly Shape[];

const SCENES: readonly [Scene, ...Scene[]] = [discs, hills, rings, leaves, moon];

function discs(tone: Tone, near: Tone, chance: Chance): readonly Shape[] {
  return [
    { d: disc(62, 58, chance.between(28, 38)), colour: colourOf(tone, "mid") },
    { d: disc(14, 20, chance.between(16, 26)), colour: colourOf(near, "mid") },
  ];
}

function hills(tone: Tone, near: Tone, chance: Chance): readonly Shape[] {
  const size = { width: 100, bottom: 100, length: 64 };
  const shift = chance.between(0, 40);
  return [
    { d: wave({ ...size, y: 38, height: 16, shift }), colour: colourOf(near, "mid") },
    { d: wave({ ...size, y: 58, height: 14, shift: shift + 26 }), colour: colourOf(tone, "mid") },
  ];
}

function rings(tone: Tone, near: Tone, chance: Chance): readonly Shape[] {
  const at = chance.between(6, 20);
  const ring = (radius: number, colour: string) => ({ d: disc(at, 66, radius), colour, line: 8 });
  return [
    ring(46, colourOf(tone, "mid")),
    ring(30, colourOf(near, "mid")),
    { d: disc(at, 66, 15), colour: colourOf(tone, "mid") },
  ];
}

function leaves(tone: Tone, near: Tone, chance: Chance): readonly Shape[] {
  const middle = Math.round(chance.between(34, 46));
  return [
    { d: quarter(middle, 0, middle, 3), colour: colourOf(near, "mid") },
    { d: quarter(middle - 44, middle, 44, 1), colour: colourOf(tone, "mid") },
    { d: quarter(middle, middle, 44, 0), colour: colourOf(tone, "mid") },
  ];
}

function moon(tone: Tone, near: Tone, chance: Chance): readonly Shape[] {
  const x = chance.between(34, 46);
  return [
    { d: disc(x, 44, 31), colour: colourOf(tone, "mid") },
    { d: disc(x + 15, 33, 24), colour: colourOf(near, "soft") },
  ];
}

/** Four quarters of a disc, each turned its own way. */
function tiles(tone: Tone, near: Tone, chance: Chance): readonly Shape[] {
  const corners = [0, 40].flatMap((x) => [0, 40].map((y) => ({ x, y })));
  return corners.map(({ x, y }, index) => ({
    d: quarter(x, y, 40, chance.oneOf([0, 1, 2, 3])),
    colour: colourOf(index % 3 === 0 ? tone : near, "mid"),
  }));
}
