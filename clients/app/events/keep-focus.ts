// Keeps the focus near when a pressed button goes away with the state in which it was pressed.
import { type RefObject, useEffect, useRef } from "react";

/** Focuses `target` when `state` has changed and nothing has the focus any more. */
export function useKeepFocus(target: RefObject<HTMLElement | null>, state: string): void {
  const shown = useRef(state);
  useEffect(() => {
    if (shown.current === state) return;
    shown.current = state;
    if (document.activeElement === document.body) target.current?.focus({ preventScroll: true });
  }, [state, target]);
}
