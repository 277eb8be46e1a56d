// A state that is shown once a frame at most. When a device comes back, hundreds of events arrive
// within a moment, and each would render the screen.
import type { Observable } from "@meetinity/client";

/** Frames stop in a window that nobody sees. */
const UNSEEN_MS = 200;

/** `step` gives the state to show on the way from one to the next: `next`, or one before it. */
export function throttledToFrames<State>(
  source: Observable<State>,
  step: (shown: State, next: State) => State,
): Observable<State> {
  let shown = source.getSnapshot();
  let cancel: (() => void) | null = null;
  const listeners = new Set<() => void>();

  function show(): void {
    cancel = null;
    const next = source.getSnapshot();
    shown = step(shown, next);
    for (const listener of [...listeners]) listener();
    if (shown !== next) schedule();
  }

  function schedule(): void {
    cancel ??= inNextFrame(show);
  }

  let close = () => {};
  return {
    getSnapshot: () => shown,
    subscribe(listener) {
      if (listeners.size === 0) {
        close = source.subscribe(schedule);
        if (source.getSnapshot() !== shown) schedule();
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        close();
        cancel?.();
        cancel = null;
      };
    },
  };
}

function inNextFrame(work: () => void): () => void {
  const cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const run = () => {
    cancel();
    work();
  };
  const frame = requestAnimationFrame(run);
  const timer = setTimeout(run, UNSEEN_MS);
  return cancel;
}
