// State that anything can watch: the two functions that React's useSyncExternalStore takes.

export interface Observable<State> {
  /** The same object until something changes. */
  getSnapshot(): State;
  /** Calls `listener` after every change. Returns how to stop. */
  subscribe(listener: () => void): () => void;
}

export interface MutableObservable<State> extends Observable<State> {
  /** Tells listeners only when it is another object or value. */
  set(state: State): void;
}

export function createObservable<State>(initial: State): MutableObservable<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    getSnapshot: () => state,
    subscribe(listener) {
      // A wrapper, so that one function may be subscribed twice.
      const entry = () => listener();
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    set(next) {
      if (Object.is(next, state)) return;
      state = next;
      for (const listener of [...listeners]) listener();
    },
  };
}
