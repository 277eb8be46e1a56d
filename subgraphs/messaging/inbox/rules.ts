// Where the streams of an inbox begin. Pure.

/** A stream that the viewer may see, as it was found in one look. */
export interface InboxStream {
  readonly streamId: string;
  /** The seq of its last entry. */
  readonly head: number;
  /** The entry that brought the viewer into the conversation; 0 for their own stream. */
  readonly joinedSeq: number;
  /** What the subscriber has received of it; null when nothing is known. */
  readonly mark: number | null;
}

export interface Position {
  readonly streamId: string;
  readonly seq: number;
}

/** The place in the list at which a stream is named again; -1 when each is named once. */
export function indexOfRepeat(named: readonly Position[]): number {
  const streamIds = named.map((position) => position.streamId);
  return streamIds.findIndex((streamId, at) => streamIds.indexOf(streamId) < at);
}

/** Where a stream goes on: as the client says, else behind what its subscriber has received. */
export function knownPosition(
  { streamId, mark }: Pick<InboxStream, "streamId" | "mark">,
  named: readonly Position[],
): number | null {
  return named.find((position) => position.streamId === streamId)?.seq ?? mark;
}

export type InboxStart =
  | {
      readonly kind: "begin";
      readonly positions: readonly Position[];
      /** False when a stream begins at its head, which the client does not know. */
      readonly isContinued: boolean;
    }
  | ({ readonly kind: "beyond"; readonly head: number } & Position);

/**
 * Where each stream begins; a name that is not of one of them says nothing. One that neither the
 * client nor a mark knows begins at its head, and one of those that `isNew` with the entry that
 * brought the viewer in: the client is about to hear of it.
 */
export function startOf(
  streams: readonly InboxStream[],
  named: readonly Position[],
  isNew: (streamId: string) => boolean,
): InboxStart {
  const positions: Position[] = [];
  let isContinued = true;
  for (const stream of streams) {
    const { streamId, head, joinedSeq } = stream;
    const known = knownPosition(stream, named) ?? (isNew(streamId) ? joinedSeq : null);
    const position = { streamId, seq: known ?? head };
    if (position.seq > head) return { kind: "beyond", ...position, head };
    positions.push(position);
    if (known === null) isContinued = false;
  }
  return { kind: "begin", positions, isContinued };
}
