// How far a caller has received a stream: what is new, what comes again, and what is missing. One
// kind for a log of its own, one for the inbox, which is many logs in one.

/** An event as far as positions go. */
export interface PositionedEvent {
  readonly __typename?: string;
  readonly seq?: number;
  readonly prevSeq?: number;
  readonly streamId?: string;
  /** Of `InboxOpened`. */
  readonly positions?: readonly StreamPosition[];
  /** Of `ConversationAdded`. */
  readonly position?: StreamPosition;
  /** Of `ConversationRemoved`. */
  readonly conversationId?: string;
}

export interface StreamPosition {
  readonly streamId: string;
  readonly seq: number;
}

/** `gap`: ask again behind the position. `resync`: events are lost, read the state again. */
export type Verdict = "new" | "repeat" | "gap" | "resync";

export interface Positions {
  /** The variables with which a subscription goes on. */
  variables(): object;
  judge(event: PositionedEvent): Verdict;
  /** The caller has received an event that was judged new. */
  delivered(event: PositionedEvent): void;
}

/** Of streams without positions: everything is new. */
export const NO_POSITIONS: Positions = {
  variables: () => ({}),
  judge: () => "new",
  delivered: () => {},
};

/** Of a log with `after: Int`. Without `after` it begins with the next event. */
export function logPosition(after: number | null = null): Positions {
  let last = after;
  return {
    variables: () => (last === null ? {} : { after: last }),
    judge: (event) => verdictOn(event, last ?? undefined),
    delivered({ seq }) {
      last = seq ?? last;
    },
  };
}

/** The most that `inboxEvents` takes. Of the others the server knows what was received. */
const NAMED_MAX = 500;

export function inboxPositions(after: readonly StreamPosition[] = []): Positions {
  // The stream in which something happened last comes last.
  const last = new Map(after.map(({ streamId, seq }) => [streamId, seq]));
  const move = (streamId: string, seq: number) => {
    last.delete(streamId);
    last.set(streamId, seq);
  };
  return {
    variables() {
      const named = [...last].slice(-NAMED_MAX);
      return named.length === 0
        ? {}
        : { after: named.map(([streamId, seq]) => ({ streamId, seq })) };
    },
    judge(event) {
      if (event.__typename !== "InboxOpened")
        return verdictOn(event, last.get(event.streamId ?? ""));
      const isBehind = ({ streamId, seq }: StreamPosition) => (last.get(streamId) ?? seq) < seq;
      return event.positions?.some(isBehind) ? "resync" : "new";
    },
    delivered({ __typename, streamId = "", seq = 0, positions, position, conversationId }) {
      // Most recent first, as they are sent.
      for (const each of [...(positions ?? [])].reverse()) move(each.streamId, each.seq);
      if (__typename === "InboxOpened") return;
      move(streamId, seq);
      if (position) move(position.streamId, position.seq);
      if (__typename === "ConversationRemoved") last.delete(`conversation:${conversationId}`);
    },
  };
}

function verdictOn({ seq, prevSeq }: PositionedEvent, last: number | undefined): Verdict {
  if (last === undefined || seq === undefined) return "new";
  if (seq <= last) return "repeat";
  return prevSeq === last ? "new" : "gap";
}
