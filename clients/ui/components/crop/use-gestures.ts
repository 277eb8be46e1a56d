// Pointers on a frame: one moves the picture, two pinch it, and the wheel zooms at the pointer.
import { type Dispatch, type RefObject, type SetStateAction, useEffect } from "react";
import { type Crop, type Cut, moved, type Point, zoomed } from "./rules.ts";

type Change = Dispatch<SetStateAction<Crop>>;

/** How much nearer a pixel of the wheel brings it. A notch has about 100. */
const ZOOM_OF_PIXEL = 0.002;
const PIXELS_OF_LINE = 16;

export function useGestures(
  ref: RefObject<HTMLElement | null>,
  { picture: { width, height }, aspect }: Cut,
  onChange: Change,
): void {
  useEffect(() => {
    const frame = ref.current;
    if (!frame) return;
    const end = new AbortController();
    const cut = { picture: { width, height }, aspect };
    const { signal } = end;
    watchPointers(frame, cut, onChange, signal);
    const zoom = (event: WheelEvent) => {
      event.preventDefault();
      const pixels = event.deltaY * (event.deltaMode === 0 ? 1 : PIXELS_OF_LINE);
      const at = pointOf(frame, event);
      const factor = Math.exp(-pixels * ZOOM_OF_PIXEL);
      onChange((crop) => zoomed(cut, crop, crop.zoom * factor, at));
    };
    // React's own listeners of the wheel cannot keep the page from scrolling.
    frame.addEventListener("wheel", zoom, { passive: false, signal });
    return () => end.abort();
  }, [ref, width, height, aspect, onChange]);
}

function watchPointers(frame: HTMLElement, cut: Cut, onChange: Change, signal: AbortSignal) {
  const pointers = new Map<number, Point>();
  const forget = ({ pointerId }: PointerEvent) => void pointers.delete(pointerId);
  const options = { signal };
  frame.addEventListener(
    "pointerdown",
    (event) => {
      frame.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, pointOf(frame, event));
    },
    options,
  );
  frame.addEventListener(
    "pointermove",
    (event) => {
      if (!pointers.has(event.pointerId)) return;
      const before = shapeOf(pointers);
      pointers.set(event.pointerId, pointOf(frame, event));
      const after = shapeOf(pointers);
      const by = { x: after.middle.x - before.middle.x, y: after.middle.y - before.middle.y };
      const factor = before.spread > 0 ? after.spread / before.spread : 1;
      onChange((crop) => zoomed(cut, moved(cut, crop, by), crop.zoom * factor, after.middle));
    },
    options,
  );
  frame.addEventListener("pointerup", forget, options);
  frame.addEventListener("pointercancel", forget, options);
}

function pointOf(frame: HTMLElement, event: MouseEvent): Point {
  const { left, top, width, height } = frame.getBoundingClientRect();
  return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
}

/** The middle of the first two pointers, and how far they are from each other: 0 for one. */
function shapeOf(pointers: ReadonlyMap<number, Point>): { middle: Point; spread: number } {
  const [first = { x: 0, y: 0 }, second = first] = pointers.values();
  return {
    middle: { x: (first.x + second.x) / 2, y: (first.y + second.y) / 2 },
    spread: Math.hypot(first.x - second.x, first.y - second.y),
  };
}
