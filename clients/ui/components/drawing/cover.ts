// The drawing of an event, 400 by 200. Its first tag decides the tone, so events about one thing
// are kin; its id decides everything else. The middle square is what a small picture shows.
import { type Chance, chanceOf } from "./chance.ts";
import { arches, bubbles, contours, rays, tiling, waves } from "./scenes.ts";
import { besides, type Drawing, TONES, type Tone } from "./shapes.ts";

export type Scene = (tone: Tone, near: Tone, chance: Chance) => Drawing;

const SCENES: readonly [Scene, ...Scene[]] = [waves, contours, tiling, bubbles, arches, rays];

export function coverOf(id: string, firstTag: string | undefined): Drawing {
  const chance = chanceOf(id);
  const tone = (firstTag ? chanceOf(firstTag.toLowerCase()) : chance).oneOf(TONES);
  const near = besides(tone, chance);
  return chance.oneOf(SCENES)(tone, near, chance);
}
