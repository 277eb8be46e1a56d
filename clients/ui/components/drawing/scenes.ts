// The kinds of covers, each 400 by 200. Shapes of one colour are one path: a list shows many.
import type { Chance } from "./chance.ts";
import {
  colourOf,
  type Depth,
  type Drawing,
  disc,
  quarter,
  round,
  type Shape,
  type Tone,
  wave,
} from "./shapes.ts";

const [WIDTH, HEIGHT] = [400, 200];

/** A sun over the sea. */
export function waves(tone: Tone, near: Tone, chance: Chance): Drawing {
  const sun = disc(chance.between(150, 250), chance.between(58, 82), chance.between(26, 40));
  const sea = [
    colourOf(near, "mid"),
    colourOf(tone, "mid"),
    colourOf(near, "strong"),
    colourOf(tone, "strong"),
    colourOf(tone, "ink"),
  ];
  const layers = sea.map((colour, index) => ({
    d: wave({
      y: 92 + index * 24 + chance.between(-5, 5),
      height: chance.between(9, 26),
      length: chance.between(130, 260),
      shift: chance.between(0, 130),
      width: WIDTH,
      bottom: HEIGHT,
    }),
    colour,
  }));
  return {
    back: colourOf(tone, "soft"),
    shapes: [{ d: sun, colour: colourOf(near, "strong") }, ...layers],
  };
}

/** Lines of height around a summit, as on a map. */
export function contours(tone: Tone, near: Tone, chance: Chance): Drawing {
  const [x, y] = [chance.between(140, 260), chance.between(60, 140)];
  const bumps = [1, 2, 3, 5].map((count) => ({
    count,
    size: chance.between(0.04, 0.14),
    at: chance.between(0, 6.28),
  }));
  const ring = (radius: number) => blob(x, y, radius, bumps);
  const lines = [5, 6, 7, 9, 10, 11, 12, 13, 14].map((step) => ring(step * 17)).join("");
  return {
    back: colourOf(tone, "soft"),
    shapes: [
      { d: ring(132), colour: colourOf(tone, "mid") },
      { d: lines, colour: colourOf(tone, "strong"), line: 2.5 },
      { d: ring(64), colour: colourOf(near, "mid") },
      { d: ring(42), colour: colourOf(near, "strong") },
      { d: ring(20), colour: colourOf(near, "ink") },
    ],
  };
}

interface Bump {
  readonly count: number;
  readonly size: number;
  readonly at: number;
}

function blob(x: number, y: number, radius: number, bumps: readonly Bump[]): string {
  const points = Array.from({ length: 28 }, (_, index) => {
    const angle = (index / 28) * 2 * Math.PI;
    const swell = bumps.reduce(
      (sum, { count, size, at }) => sum + size * Math.sin(count * angle + at),
      1,
    );
    return [x + radius * swell * Math.cos(angle), y + radius * swell * Math.sin(angle)] as const;
  });
  return smooth(points);
}

type Point = readonly [number, number];

/** A closed curve through the middles between points: smooth without a solver. */
function smooth(points: readonly Point[]): string {
  const middle = ([x, y]: Point, [toX, toY]: Point) =>
    `${round((x + toX) / 2)} ${round((y + toY) / 2)}`;
  return points
    .reduce((d, point, index) => {
      const after = points[(index + 1) % points.length] ?? point;
      const start = index === 0 ? `M${middle(points.at(-1) ?? point, point)}` : d;
      return `${start}Q${round(point[0])} ${round(point[1])} ${middle(point, after)}`;
    }, "")
    .concat("z");
}

/** Tiles with quarters and discs, as on a floor. */
export function tiling(tone: Tone, near: Tone, chance: Chance): Drawing {
  const side = 50;
  const paths = new Map<string, string>();
  for (let x = 0; x < WIDTH; x += side) {
    for (let y = 0; y < HEIGHT; y += side) {
      const corner = chance.oneOf([0, 1, 2, 3, 0, 1, 2, 3, 4]);
      const d = corner === 4 ? disc(x + 25, y + 25, 12) : quarter(x, y, side, corner);
      const depth = chance.oneOf<Depth>(["mid", "mid", "strong", "strong", "ink"]);
      const colour = colourOf(depth === "ink" ? tone : chance.oneOf([tone, near]), depth);
      paths.set(colour, (paths.get(colour) ?? "") + d);
    }
  }
  const shapes = [...paths].map(([colour, d]) => ({ d, colour }));
  return { back: colourOf(tone, "soft"), shapes };
}

/** Discs of many sizes with a line around some. */
export function bubbles(tone: Tone, near: Tone, chance: Chance): Drawing {
  const shapes: Shape[] = [];
  const colours = [
    colourOf(near, "mid"),
    colourOf(tone, "mid"),
    colourOf(near, "strong"),
    colourOf(tone, "strong"),
  ];
  for (const [index, colour] of colours.entries()) {
    const discs = Array.from({ length: 4 }, (_, column) =>
      disc(
        column * 100 + chance.between(0, 100),
        chance.between(0, HEIGHT),
        chance.between(0.5, 1) * (70 - index * 15),
      ),
    );
    shapes.push({ d: discs.join(""), colour });
  }
  const [x, y] = [chance.between(150, 250), chance.between(60, 140)];
  const rings = [46, 60].map((radius) => disc(x, y, radius)).join("");
  shapes.push({ d: rings, colour: colourOf(tone, "ink"), line: 2.5 });
  return { back: colourOf(tone, "soft"), shapes };
}

/** Rows of arches, each of three rings. */
export function arches(tone: Tone, near: Tone, chance: Chance): Drawing {
  const shift = Math.round(chance.between(0, 104));
  const colours = [colourOf(tone, "strong"), colourOf(tone, "mid"), colourOf(near, "strong")];
  const shapes: Shape[] = [];
  for (const [row, y] of [70, 130, 190, 250].entries()) {
    const xs = Array.from({ length: 6 }, (_, index) => index * 104 - shift + (row % 2) * 52);
    const across = (radius: number) => xs.map((x) => disc(x, y, radius)).join("");
    shapes.push({ d: across(51), colour: colourOf(tone, "soft") });
    for (const [index, radius] of [49, 33, 17].entries()) {
      const colour = colours[(index + row) % 3] ?? colourOf(tone, "mid");
      shapes.push({ d: across(radius), colour });
      shapes.push({ d: across(radius - 8), colour: colourOf(index === 2 ? near : tone, "soft") });
    }
  }
  return { back: colourOf(near, "soft"), shapes };
}

/** Rays from a sun that has just come up. */
export function rays(tone: Tone, near: Tone, chance: Chance): Drawing {
  const [x, y] = [chance.between(130, 270), chance.between(150, 190)];
  const count = chance.oneOf([18, 22, 26]);
  const from = chance.between(0, 1);
  const at = (step: number) => {
    const angle = ((step + from) / count) * 2 * Math.PI;
    return `${round(x + 420 * Math.cos(angle))} ${round(y + 420 * Math.sin(angle))}`;
  };
  let d = "";
  for (let step = 0; step < count; step += 2)
    d += `M${round(x)} ${round(y)}L${at(step)}L${at(step + 1)}z`;
  return {
    back: colourOf(tone, "soft"),
    shapes: [
      { d, colour: colourOf(tone, "mid") },
      { d: disc(x, y, 74), colour: colourOf(near, "mid") },
      { d: disc(x, y, 50), colour: colourOf(near, "strong") },
      {
        d: wave({
          y: 172,
          height: 14,
          length: 240,
          shift: chance.between(0, 120),
          width: WIDTH,
          bottom: HEIGHT,
        }),
        colour: colourOf(tone, "strong"),
      },
      {
        d: wave({
          y: 186,
          height: 10,
          length: 180,
          shift: chance.between(0, 90),
          width: WIDTH,
          bottom: HEIGHT,
        }),
        colour: colourOf(tone, "ink"),
      },
    ],
  };
}
