// Where the streams of an inbox start. Pure.

/** A stream that the viewer may see, as one snapshot showed it. */
export interface InboxStream {
  readonly streamId: string;
  /** The seq of its last entry. */
  readonly head: number;
  /** The seq of the entry that added the viewer to the conversation; 0 for their own stream. */
  readonly joinedSeq: number;
  /** The first seq that the viewer sees; 0 for their own stream. */
  readonly visibleFromSeq: number;
  /** The position that the subscriber acknowledged; null when there is none. */
  readonly mark: number | null;
}

export interface Position {
  readonly streamId: string;
  readonly seq: number;
}

/** The index at which a stream is named a second time; -1 when there is none. */
export function indexOfRepeat(named: readonly Position[]): number {
  const streamIds = named.map((position) => position.streamId);
  return streamIds.findIndex((streamId, at) => streamIds.indexOf(streamId) < at);
}

/**
 * The position from the client, else the acknowledged one; null without either, and for one from
 * before the viewer sees the stream: they left and joined again.
 */
export function knownPosition(
  { streamId, mark, visibleFromSeq }: Pick<InboxStream, "streamId" | "mark" | "visibleFromSeq">,
  named: readonly Position[],
): number | null {
  const seq = named.find((position) => position.streamId === streamId)?.seq ?? mark;
  return seq !== null && isVisible(seq, visibleFromSeq) ? seq : null;
}

/** True when a viewer who sees a stream from a seq may have what is behind a position. */
export function isVisible(position: number, visibleFromSeq: number): boolean {
  return position >= visibleFromSeq - 1;
}

export type InboxStart =
  | {
      readonly kind: "begin";
      readonly positions: readonly Position[];
      /** False when a stream starts at its head, which the client does not know. */
      readonly isContinued: boolean;
    }
  | ({ readonly kind: "beyond"; readonly head: number } & Position);

/**
 * The position at which each stream starts; unknown names are ignored. A stream that neither client
 * nor mark knows starts at its head, or, if `isNew`, at the entry that added the viewer: the
 * client is about to get the entry about it.
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
