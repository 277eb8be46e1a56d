// Where the streams of an inbox begin. Pure.

/** A stream that the viewer may see, as it was found in one look. */
export interface Seen {
  readonly streamId: string;
  /** The seq of its last entry. */
  readonly head: number;
  /** Behind which it begins unless the client says otherwise. */
  readonly position: number;
}

export interface Position {
  readonly streamId: string;
  readonly seq: number;
}

/** The place in the list at which a stream is named again; -1 when each is named once. */
export function repeatedAt(named: readonly Position[]): number {
  const streamIds = named.map((position) => position.streamId);
  return streamIds.findIndex((streamId, at) => streamIds.indexOf(streamId) < at);
}

export type Beginning =
  | { readonly kind: "begin"; readonly positions: readonly Position[] }
  | ({ readonly kind: "beyond"; readonly head: number } & Position);

/** Where each stream begins; a name that is not of one of them says nothing. */
export function beginningOf(streams: readonly Seen[], named: readonly Position[]): Beginning {
  const seqs = new Map(named.map(({ streamId, seq }) => [streamId, seq]));
  const begun = streams.map(({ streamId, head, position }) => ({
    streamId,
    head,
    seq: seqs.get(streamId) ?? position,
  }));
  const beyond = begun.find(({ seq, head }) => seq > head);
  if (beyond) return { kind: "beyond", ...beyond };
  return { kind: "begin", positions: begun.map(({ streamId, seq }) => ({ streamId, seq })) };
}
