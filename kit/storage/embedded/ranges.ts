// Which bytes of an object a request asks for, by its `Range` (RFC 9110, section 14).

export interface Range {
  readonly start: number;
  /** The last byte, included. */
  readonly end: number;
}

/**
 * The range within an object of `bytes`. Null is the whole object, also for several ranges and for
 * what is no range: RFC 9110 lets a server ignore them. `outside` holds no byte of the object.
 */
export function rangeOf(header: string | undefined, bytes: number): Range | "outside" | null {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return null;
  if (first === "") return suffixOf(Number(last), bytes);
  const start = Number(first);
  const end = last === "" ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== "" && Number(last) < start) return null;
  return start >= bytes ? "outside" : { start, end };
}

function suffixOf(length: number, bytes: number): Range | "outside" {
  if (length === 0 || bytes === 0) return "outside";
  return { start: Math.max(0, bytes - length), end: bytes - 1 };
}
