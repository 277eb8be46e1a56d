// The part of a picture that is cut out: how it moves and grows, and that it never leaves the
// picture. Pure.

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The middle of the part, from 0 to 1 of the picture's width and height, and how near it is. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** In pixels of the picture. */
export interface Part extends Size {
  readonly left: number;
  readonly top: number;
}

/** A picture, and the width by the height of what is cut out of it. */
export interface Cut {
  readonly picture: Size;
  readonly aspect: number;
}

/** A point of the frame, from 0 to 1 of its width and height. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export const LARGEST: Crop = { x: 0.5, y: 0.5, zoom: 1 };
export const ZOOM_MAX = 4;

const MIDDLE: Point = { x: 0.5, y: 0.5 };

const within = (value: number, min: number, max: number) => Math.min(Math.max(value, min), max);

export function partOf({ picture, aspect }: Cut, { x, y, zoom }: Crop): Part {
  const width = Math.min(picture.width, picture.height * aspect) / zoom;
  const height = width / aspect;
  return {
    left: within(x * picture.width - width / 2, 0, picture.width - width),
    top: within(y * picture.height - height / 2, 0, picture.height - height),
    width,
    height,
  };
}

/** The picture follows the pointer: `by` is in widths and heights of the frame. */
export function moved(cut: Cut, crop: Crop, by: Point): Crop {
  const { left, top, width, height } = partOf(cut, crop);
  return around(cut, { left: left - by.x * width, top: top - by.y * height }, crop.zoom);
}

/** The point of the picture at `at` stays there, unless the picture ends. */
export function zoomed(cut: Cut, crop: Crop, zoom: number, at = MIDDLE): Crop {
  const to = within(zoom, 1, ZOOM_MAX);
  const before = partOf(cut, crop);
  const { width, height } = partOf(cut, { ...crop, zoom: to });
  const left = before.left + at.x * (before.width - width);
  const top = before.top + at.y * (before.height - height);
  return around(cut, { left, top }, to);
}

/** The crop whose part begins there, or as near as the picture allows. */
function around(cut: Cut, { left, top }: Pick<Part, "left" | "top">, zoom: number): Crop {
  const { picture } = cut;
  const { width, height } = partOf(cut, { ...LARGEST, zoom });
  const x = within(left, 0, picture.width - width) + width / 2;
  const y = within(top, 0, picture.height - height) + height / 2;
  return { x: x / picture.width, y: y / picture.height, zoom };
}
