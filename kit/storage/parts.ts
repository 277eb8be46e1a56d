// How a file is cut into the parts that are sent one by one. It follows S3's limits.

/** All parts but the last have at least this many bytes. */
export const PART_BYTES_MIN = 5 * 1_024 * 1_024;
export const PARTS_MAX = 10_000;
/** A client that loses a part sends this much again. */
export const PART_BYTES = 8 * 1_024 * 1_024;

export interface PartSize {
  /** From 1. */
  readonly number: number;
  /** Where it begins in the file. */
  readonly offset: number;
  readonly bytes: number;
}

/** The parts of a file; an empty one has none. */
export function partsOf(bytes: number): PartSize[] {
  const count = Math.ceil(bytes / PART_BYTES);
  if (count > PARTS_MAX) throw new Error("A file has too many parts.");
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    offset: index * PART_BYTES,
    bytes: Math.min(PART_BYTES, bytes - index * PART_BYTES),
  }));
}
