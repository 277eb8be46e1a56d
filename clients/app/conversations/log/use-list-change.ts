// Tells the list of rows what kind of change it shows.
import type { Message } from "@meetinity/client";
import { useLayoutEffect, useReducer, useRef } from "react";
import { changeOf } from "./list-change.ts";

interface ListChange {
  /** Another number when the messages are those of another place: nothing of the list stays. */
  readonly generation: number;
  /** Messages came in front of those that are shown. */
  readonly isShifted: boolean;
}

export function useListChange(messages: readonly Message[]): ListChange {
  const shown = useRef({ messages, generation: 0 });
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  const change = changeOf(shown.current.messages, messages);
  const generation = shown.current.generation + (change === "other" ? 1 : 0);
  useLayoutEffect(() => {
    shown.current = { messages, generation };
    // While the list believes in a shift, it moves for every row that is measured.
    if (change === "earlier") renderAgain();
  }, [messages, generation, change]);
  return { generation, isShifted: change === "earlier" };
}
