// Guarantees of cutting a picture: the part stays inside, has its form, and follows the pointer.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Crop, LARGEST, moved, partOf, ZOOM_MAX, zoomed } from "./rules.ts";

const side = fc.integer({ min: 1, max: 12_000 });
const cuts = fc.record({
  picture: fc.record({ width: side, height: side }),
  aspect: fc.constantFrom(1, 2, 2.5, 0.5),
});
const share = fc.double({ min: -3, max: 3, noNaN: true });
const points = fc.record({ x: share, y: share });
const steps = fc.array(fc.tuple(points, fc.double({ min: -1, max: 9, noNaN: true })), {
  maxLength: 8,
});

test("whatever is moved and zoomed, the part has its form and stays in the picture", () => {
  fc.assert(
    fc.property(cuts, steps, (cut, done) => {
      let crop: Crop = LARGEST;
      for (const [by, zoom] of done) crop = zoomed(cut, moved(cut, crop, by), zoom, by);
      const { left, top, width, height } = partOf(cut, crop);
      const near = 1e-6 * Math.max(cut.picture.width, cut.picture.height);
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(-near);
      expect(left + width).toBeLessThanOrEqual(cut.picture.width + near);
      expect(top + height).toBeLessThanOrEqual(cut.picture.height + near);
      expect(width / height).toBeCloseTo(cut.aspect, 6);
      expect(crop.zoom).toBeGreaterThanOrEqual(1);
      expect(crop.zoom).toBeLessThanOrEqual(ZOOM_MAX);
    }),
  );
});

const WIDE = { picture: { width: 400, height: 200 }, aspect: 1 };

test("at first it is the largest one around the middle", () => {
  expect(partOf(WIDE, LARGEST)).toEqual({ left: 100, top: 0, width: 200, height: 200 });
});

test("the picture follows the pointer until it ends", () => {
  expect(partOf(WIDE, moved(WIDE, LARGEST, { x: 0.25, y: 0.25 }))).toMatchObject({
    left: 50,
    top: 0,
  });
  expect(partOf(WIDE, moved(WIDE, LARGEST, { x: -9, y: 0 }))).toMatchObject({ left: 200 });
});

test("zooming keeps in place what is below the pointer", () => {
  const near = zoomed(WIDE, LARGEST, 2, { x: 1, y: 0.5 });
  expect(partOf(WIDE, near)).toEqual({ left: 200, top: 50, width: 100, height: 100 });
  expect(partOf(WIDE, zoomed(WIDE, near, 1))).toEqual({
    left: 150,
    top: 0,
    width: 200,
    height: 200,
  });
});
