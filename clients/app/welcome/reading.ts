// Reads the data of a step when the step comes, because earlier answers may be old.
import { useCallback, useEffect, useState } from "react";

interface Read<Value> {
  /** Null until it is read. What was read stays until something newer is. */
  readonly value: Value | null;
  readonly error: unknown;
  reload(): Promise<void>;
  /** Replaces what was read, after a change of it. */
  change(value: Value): void;
}

/** `read` must be the same function at every call. */
export function useReading<Value>(read: () => Promise<Value | null>): Read<Value> {
  const [state, setState] = useState<Pick<Read<Value>, "value" | "error">>({
    value: null,
    error: null,
  });
  const reload = useCallback(
    () =>
      read().then(
        (value) => setState({ value, error: null }),
        (error: unknown) => setState(({ value }) => ({ value, error })),
      ),
    [read],
  );
  useEffect(() => void reload(), [reload]);
  const change = useCallback((value: Value) => setState({ value, error: null }), []);
  return { ...state, reload, change };
}
