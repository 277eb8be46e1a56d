// The stream of the inbox, which all parts of a client share: the socket has it once, for as long
// as anybody listens.
import type { InboxEventsSubscription } from "./generated/operations.ts";
import { inboxPositions, type StreamPosition } from "./positions.ts";
import type { StreamSink } from "./streams.ts";

type InboxEvent = InboxEventsSubscription["inboxEvents"];
type Sink = StreamSink<InboxEvent>;
type InboxOpened = Extract<InboxEvent, { readonly __typename: "InboxOpened" }>;

export type OpenInbox = (positions: ReturnType<typeof inboxPositions>, sink: Sink) => () => void;

/**
 * Returns how to listen. A listener that comes later gets an `InboxOpened` of its own first, with
 * the positions as they are then.
 */
export function shareInbox(open: OpenInbox): (sink: Sink) => () => void {
  let current = new SharedInbox(open);
  return (sink) => {
    if (current.hasEnded) current = new SharedInbox(open);
    return current.listen(sink);
  };
}

class SharedInbox {
  readonly #sinks = new Set<Sink>();
  readonly #open: OpenInbox;
  readonly #positions = inboxPositions();
  #opened: InboxOpened | null = null;
  #close = () => {};
  hasEnded = false;

  constructor(open: OpenInbox) {
    this.#open = open;
  }

  listen(given: Sink): () => void {
    // An object of its own: one sink may listen twice.
    const sink = Object.create(given) as Sink;
    this.#sinks.add(sink);
    if (this.#sinks.size === 1) this.#start();
    else if (this.#opened) void Promise.resolve().then(() => this.#welcome(sink));
    return () => {
      this.#sinks.delete(sink);
      if (this.#sinks.size > 0) return;
      this.hasEnded = true;
      this.#close();
    };
  }

  #start(): void {
    this.#close = this.#open(this.#positions, {
      next: (event) => {
        if (event.__typename === "InboxOpened") this.#opened = event;
        for (const sink of [...this.#sinks]) this.#deliver(sink, event);
      },
      resync: () => this.#end((sink) => sink.resync?.()),
      error: (error) => this.#end((sink) => sink.error?.(error)),
      complete: () => this.#end((sink) => sink.complete?.()),
    });
  }

  #welcome(sink: Sink): void {
    const opened = this.#opened;
    if (!opened || this.hasEnded) return;
    const { after = [] } = this.#positions.variables() as { after?: readonly StreamPosition[] };
    const seq = after.find(({ streamId }) => streamId === opened.streamId)?.seq ?? opened.seq;
    const positions = after.map((each) => ({ __typename: "StreamPosition" as const, ...each }));
    this.#deliver(sink, { ...opened, seq, prevSeq: seq, positions });
  }

  /** A fault of one listener ends the stream for that listener alone. */
  #deliver(sink: Sink, event: InboxEvent): void {
    if (!this.#sinks.has(sink)) return;
    try {
      sink.next(event);
    } catch (error) {
      this.#sinks.delete(sink);
      sink.error?.(error);
    }
  }

  #end(notify: (sink: Sink) => void): void {
    this.hasEnded = true;
    const sinks = [...this.#sinks];
    this.#sinks.clear();
    for (const sink of sinks) notify(sink);
  }
}
