// Where a message stands in the group of messages that one person sent in a row. Pure.

export interface Said {
  /** Null when the account no longer exists. */
  readonly senderId: string | null;
  /** In milliseconds. */
  readonly at: number;
}

export interface Place {
  readonly startsGroup: boolean;
  readonly endsGroup: boolean;
}

/** Messages of one person are one group with less than this between one and the next. */
const GROUP_MS = 5 * 60_000;

/** Pass null for a neighbour that is not there, or behind a line. */
export function placeOf(before: Said | null, said: Said, after: Said | null): Place {
  return {
    startsGroup: before === null || !isOneGroup(before, said),
    endsGroup: after === null || !isOneGroup(said, after),
  };
}

function isOneGroup(first: Said, second: Said): boolean {
  return (
    first.senderId === second.senderId &&
    second.at - first.at < GROUP_MS &&
    startOfDay(first.at) === startOfDay(second.at)
  );
}

/** In the reader's time zone. */
export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
