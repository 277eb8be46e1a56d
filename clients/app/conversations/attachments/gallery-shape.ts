// How the pictures of a message share their place. Pure.

/** As many are shown; the last one says how many more there are. */
export const SHOWN_MAX = 4;

const NARROWEST = 3 / 4;
const WIDEST = 2;
/** Of a picture whose size is not known yet. */
const UNKNOWN = 4 / 3;

interface Sized {
  readonly width: number | null;
  readonly height: number | null;
}

/** The ratio of width to height of the whole: of one picture its own, within limits. */
export function aspectOf(images: readonly Sized[]): number {
  const [first, ...others] = images;
  if (others.length === 1) return 2;
  if (others.length > 1 || !first) return 1;
  const { width, height } = first;
  if (width === null || height === null) return UNKNOWN;
  return Math.min(WIDEST, Math.max(NARROWEST, width / height));
}

/** How many pictures the last place stands for besides its own. */
export function moreThanShown(count: number): number {
  return Math.max(0, count - SHOWN_MAX);
}
