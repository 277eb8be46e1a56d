// Which messages the reader has really seen. Pure.
import type { View } from "./view.ts";

/** Where the rows are, in pixels from the start of the log. */
export interface Rows {
  /** The index of the row at `offset`. */
  at(offset: number): number;
  top(index: number): number;
  height(index: number): number;
}

/** A row counts with so much of its end out of view: the space between rows. */
const TOLERANCE_PX = 16;

/**
 * The index of the last row of which the end is in view, or of a row that fills the view. -1 when
 * there is none.
 */
export function lastSeen({ offset, height }: View, rows: Rows): number {
  if (height === 0) return -1;
  const end = offset + height;
  const index = rows.at(Math.max(offset, end - 1));
  const bottom = rows.top(index) + rows.height(index);
  const fillsView = rows.top(index) <= offset;
  return bottom <= end + TOLERANCE_PX || fillsView ? index : index - 1;
}
