// Where a message stands in the group of messages that one person sent in a row. Pure.

export interface GroupedMessage {
  /** Null when the account no longer exists. */
  readonly senderId: string | null;
  /** In milliseconds. */
  readonly at: number;
}

export interface Grouping {
  readonly startsGroup: boolean;
  readonly endsGroup: boolean;
}

/** Messages of one person are one group with less than this between one and the next. */
const GROUP_MS = 5 * 60_000;

/** Pass null for a neighbour that is not there, or behind a line. */
export function groupingOf(
  before: GroupedMessage | null,
  message: GroupedMessage,
  after: GroupedMessage | null,
): Grouping {
  return {
    startsGroup: before === null || !isOneGroup(before, message),
    endsGroup: after === null || !isOneGroup(message, after),
  };
}

function isOneGroup(first: GroupedMessage, second: GroupedMessage): boolean {
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
