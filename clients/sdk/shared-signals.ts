// The stream of signals that all lists of a client share: the socket has it once, for as long as
// anybody listens. Nothing is repeated.
import type { StreamSink } from "./streams.ts";

/** Returns how to listen. Listeners that come later join the stream that is open. */
export function shareSignals<Signal>(
  open: (sink: StreamSink<Signal>) => () => void,
): (sink: StreamSink<Signal>) => () => void {
  const sinks = new Set<StreamSink<Signal>>();
  let close: (() => void) | null = null;
  /** The next listener opens another stream. */
  const end = (notify: (sink: StreamSink<Signal>) => void) => {
    close = null;
    const ended = [...sinks];
    sinks.clear();
    for (const sink of ended) notify(sink);
  };
  return (given) => {
    // An object of its own: one sink may listen twice.
    const sink = Object.create(given) as StreamSink<Signal>;
    sinks.add(sink);
    close ??= open({
      next: (signal) => {
        for (const each of [...sinks]) each.next(signal);
      },
      error: (error) => end((each) => each.error?.(error)),
      complete: () => end((each) => each.complete?.()),
    });
    return () => {
      if (!sinks.delete(sink) || sinks.size > 0) return;
      close?.();
      close = null;
    };
  };
}
