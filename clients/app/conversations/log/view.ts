// Decides by the part of the log that is in view. Pure: pixels in, decisions out.

/** The log as it is scrolled, in pixels. */
export interface View {
  readonly offset: number;
  /** The height of what is in view. */
  readonly height: number;
  /** The height of all messages. */
  readonly size: number;
}

/** This near to the end is at the end. */
const END_PX = 48;
/** Pages are loaded this far before they are needed. */
const EDGE_PX = 800;

export function distanceToEnd({ offset, height, size }: View): number {
  return Math.max(0, size - height - offset);
}

/** The height is told before the offset that the browser has changed with it. */
const lowerEdge = ({ offset, height, size }: View): number => Math.min(size, offset + height);

export function isAtEnd(view: View): boolean {
  return distanceToEnd(view) <= END_PX;
}

/**
 * Whether the log goes on to stick to its end. Only the reader leaves it, by scrolling up; that the
 * log grows or that less of it is in view moves nothing away.
 */
export function sticks(wasSticking: boolean, before: View, view: View): boolean {
  if (isAtEnd(view)) return true;
  // The size says nothing: rows above turn out smaller or larger while the reader scrolls.
  // A part that grows, as when files leave the text field, is moved up by the browser: its lower
  // edge stays.
  const isHigher = view.offset < before.offset - 1 && lowerEdge(view) < lowerEdge(before) - 1;
  const hasScrolledUp = isHigher && distanceToEnd(view) > distanceToEnd(before) + 1;
  return wasSticking && !hasScrolledUp;
}

export function nearEdges(view: View): { readonly start: boolean; readonly end: boolean } {
  return { start: view.offset < EDGE_PX, end: distanceToEnd(view) < EDGE_PX };
}
